"""Which of a supplier's words for a role is which post; an area can have words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tenants.connections.rules.settling import POSTS, Post

OPTION = "role_tokens"
DEFAULT: Mapping[str, str] = {
    "ext:designatedSafeguardingLead": Post.DESIGNATED_SAFEGUARDING_LEAD,
    "ext:deputyDesignatedSafeguardingLead": Post.DEPUTY,
    "principal": Post.HEADTEACHER,
}
DEFAULT_TEXTS: Mapping[str, str] = {
    "Designated Safeguarding Lead": Post.DESIGNATED_SAFEGUARDING_LEAD,
    "Deputy Designated Safeguarding Lead": Post.DEPUTY,
    "Headteacher": Post.HEADTEACHER,
}


def posts_of(options: Mapping[str, Any], *, otherwise: Mapping[str, str] = DEFAULT) -> dict[str, str]:
    """Return post by the supplier's word, as the area set it, or as usual when it set nothing."""
    told = options.get(OPTION)
    return {str(word): str(post) for word, post in (told if isinstance(told, Mapping) and told else otherwise).items()}


@lru_cache(maxsize=1024)
def key_of(word: str) -> str:
    """Return a supplier's word as part of a key: without spaces, whatever its case."""
    return "_".join(word.casefold().split())


def problems(options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the area's words, in sentences."""
    told = options.get(OPTION, {})
    if not isinstance(told, Mapping):
        return ["Which of their roles is which post has to be a list of role and post."]
    known = ", ".join(POSTS)
    wrong = [f"“{word}” is not given one of our posts: {known}." for word, post in told.items() if post not in POSTS]
    quoted = [f"“{word}” holds a quotation mark, which cannot be asked for." for word in told if "'" in str(word)]
    pupils = ["A pupil’s role is never read." for word in told if str(word).casefold() in ("student", "pupil")]
    return [*wrong, *quoted, *pupils]

"""What an agency of the sandbox is: its routes, its own faults, and what a test may make it do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from integrations.sandbox.agencies.faults import Faults
from integrations.sandbox.agencies.messages import Reply, Request, json_reply

Handler = Callable[[Request], Reply]
Action = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What an agency is told at the start. `options` come from `--set NAME.OPTION=VALUE`; `base_url` has its name.

    `holds` is what it is to hold of somebody's invented nation, instead of what it would invent: see its `make`.
    """

    base_url: str
    seed: int
    options: Mapping[str, str]
    faults: Faults
    holds: Any = None

    def number(self, option: str, otherwise: int) -> int:
        """An option as a whole number."""
        return int(self.options.get(option, otherwise))


@dataclass(frozen=True, kw_only=True)
class Route:
    """A method and a path; `{part}` matches one segment, `{rest:path}` whatever follows."""

    method: str
    path: str
    handler: Handler

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The path as a regular expression."""
        any_rest = re.sub(r"\{(\w+):path\}", r"(?P<\1>.*)", self.path)
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", any_rest))


def _plain_error(status: int) -> Reply:
    return json_reply({"error": f"status {status}"}, status=status)


def _nothing() -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Agency:
    """One agency. `own_faults` says what each kind of fault of its own does; `error` is a failure in its own words.

    `seen` answers what a test wants to know of it; `reset` forgets what tests did.
    """

    name: str
    label: str
    routes: Sequence[Route]
    own_faults: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    error: Callable[[int], Reply] = _plain_error
    seen: Callable[[], Mapping[str, Any]] = _nothing
    reset: Callable[[], object] = _nothing

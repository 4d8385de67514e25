"""Following `next`: the directory's links name a host behind its gateway, so only their query is taken.

A cursor's place is what comes after the base address, such as `Organization?roleCode=RO318&_offset=200`.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

FEWEST = 20


def rebased(address: str, *, base_url: str, asked: str) -> str | None:
    """Return the next place, on our own base address; None when the link leads anywhere but further on.

    `asked` is the place whose answer held the link. The link must have the same path below the base, and must not
    come back to where we are.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    resource = asked.partition("?")[0]
    if parts.path != f"{urlsplit(base_url).path.rstrip('/')}/{resource}":
        return None
    place = f"{resource}?{parts.query}"
    return place if _offset(place) > _offset(asked) else None


def smaller(place: str) -> str | None:
    """Return the same place with half the page; None when the page is small already."""
    resource, _, query = place.partition("?")
    told = dict(parse_qsl(query))
    count = int(told.get("_count", FEWEST))
    if count <= FEWEST:
        return None
    pairs = [pair for pair in parse_qsl(query) if pair[0] != "_count"]
    return f"{resource}?{urlencode([*pairs, ('_count', str(max(count // 2, FEWEST)))])}"


def _offset(place: str) -> int:
    """The offset; HAPI's other kind of paging (`_getpages`) has one as well."""
    told = dict(parse_qsl(place.partition("?")[2]))
    given = told.get("_offset") or told.get("_getpagesoffset") or "0"
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0

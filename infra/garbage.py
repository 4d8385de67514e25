"""How often a process of work looks for garbage: cycles only, since what nobody refers to goes at once by itself."""

from __future__ import annotations

import gc

#: objects made and not gone before the newest are looked through; Python's own 700 is reached by half a page of rows
_YOUNG = 20_000


def not_yet() -> None:
    """Look for none while a process starts: nearly all it makes then stays. Ends with `settled` or `look_seldom`."""
    gc.disable()


def settled() -> None:
    """Leave what is here now alone for ever: no collection goes through it again."""
    gc.collect()
    gc.freeze()
    gc.enable()


def look_seldom() -> None:
    """As `settled`, and look less often for garbage among what comes."""
    settled()
    gc.set_threshold(_YOUNG, 10, 10)

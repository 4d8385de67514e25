"""The second rule of withholding: no total minus the others may give away a count that is withheld. Pure.

As long as a withheld cell of a grid has one possible value only, or one that nobody sent could only be 1 to 5, the
smallest shown cell that it hangs together with is withheld as well; one that was never shown, as long as there is any,
for what was shown is remembered. Whoever knows these rules and each withheld figure's kind is reckoned with. Where
everything but zeros is withheld there is nothing left to do; who sees one symbol for both kinds of withholding can
still work none of it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tenants.indicators.rules.feasible import Range, Sum, first_exposed, narrowed
from tenants.indicators.rules.grids import NO_PLACE, Adds, Cell, Hidden, Quarters, cells_of, grids, ranges
from tenants.indicators.rules.values import SMALL, Figure, Suppression

__all__ = ["Adds", "Cell", "Quarters", "also_withheld", "withheld_in_any"]


def also_withheld(
    figures: Mapping[Cell, Figure], *, adds: Adds, keep: Iterable[Cell] = (), seen: frozenset[Cell] = frozenset()
) -> frozenset[Cell]:
    """Return the cells to withhold beside those already withheld, so that none of these can be worked out.

    `keep` are cells withheld for that reason before: they stay so while their grid holds a small number, or else who
    remembers the earlier table could put the two together. `seen` are cells shown before with the value that they have
    now: withholding them takes nothing back from who has seen them, so that others are withheld instead.
    """
    kept, found = frozenset(keep), set[Cell]()
    for grid in grids(figures, adds):
        cells = cells_of(grid)
        if any(_is(figures, cell, Suppression.SMALL_NUMBER) for cell in cells) or _implied(figures, grid, {}):
            again = {cell for cell in cells & kept if cell in figures and figures[cell].value}
            found |= _close(figures, grid, again, seen)
    return frozenset(found)


def withheld_in_any(
    figures: Mapping[Cell, Figure],
    *,
    readings: Sequence[Adds],
    keep: Iterable[Cell] = (),
    seen: frozenset[Cell] = frozenset(),
) -> frozenset[Cell]:
    """Return the cells to withhold beside those already withheld, so that none can be worked out in any reading of how
    the indicator adds up; what is withheld for one reading is withheld in all.
    """
    kept, found = frozenset(keep), frozenset[Cell]()
    while True:
        before = found
        for adds in readings:
            found |= also_withheld(figures, adds=adds, keep=kept | found, seen=seen)
        if found == before or len(readings) == 1:
            return found


def _close(
    figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], begun: set[Cell], seen: frozenset[Cell]
) -> set[Cell]:
    """Return what to withhold so that nobody learns a count, nor who remembers the figures `seen` before.

    To withhold these as well would itself say how little is possible. So it is done only where one who remembers them
    and does not even know the withheld figures' kinds has learned a count: the others at least shall not.
    """
    hidden: Hidden = dict.fromkeys(begun - seen)
    if _covered(figures, grid, hidden, seen) is None or not _seen_through(figures, grid, hidden):
        return begun | set(hidden)
    hidden = dict.fromkeys(begun)
    _covered(figures, grid, hidden, frozenset())
    return set(hidden)


def _covered(
    figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], hidden: Hidden, known: frozenset[Cell]
) -> Cell | None:
    """Withhold, beside the hidden, the nearest cells but the known; return a cell that stays exposed, or None."""
    while True:
        open_to = ranges(figures, grid, hidden)
        withheld = [cell for cell in sorted(open_to) if _withheld(figures, cell, hidden)]
        exposed = next(iter(_implied(figures, grid, hidden)), None) or first_exposed(withheld, open_to, grid)
        nearest = None if exposed is None else _nearest(figures, grid, {*hidden, *known}, exposed)
        if nearest is None:
            return exposed
        hidden |= nearest


def _implied(figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], hidden: Hidden) -> list[Cell]:
    """Return the cells that nobody sent of which the figures shown say that they are small numbers, or zero."""
    found = narrowed(_plain(figures, grid, hidden), grid) or {}
    return [cell for cell, (_, most) in sorted(found.items()) if most in SMALL and _unsent(figures, cell)]


def _seen_through(figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], hidden: Hidden) -> bool:
    plain = _plain(figures, grid, hidden)
    small = [cell for cell in sorted(plain) if _is(figures, cell, Suppression.SMALL_NUMBER)]
    return bool(_implied(figures, grid, hidden)) or first_exposed(small, plain, grid) is not None


def _plain(figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], hidden: Hidden) -> dict[Cell, Range]:
    """Return what each cell can be as far as the table says, which has one symbol for both kinds of withholding."""
    most = max(high for _, high in ranges(figures, grid, {}).values()) + SMALL.stop * len(grid)
    return {cell: (1, most) if _withheld(figures, cell, hidden) else between
            for cell, between in ranges(figures, grid, {}).items()}  # fmt: skip


def _nearest(
    figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], but: set[Cell], exposed: Cell
) -> Hidden | None:
    """Return the smallest cell still shown in a sum with the exposed one, else in the grid; never a zero.

    With it comes the most that it can be: whoever knows this rule knows that it was no larger than those still shown.
    """
    beside = {cell for each in grid if exposed in (each.total, *each.parts) for cell in (each.total, *each.parts)}
    for near in (beside, cells_of(grid)):
        shown = sorted((int(figures[cell].value or 0), cell) for cell in near - but
                       if cell in figures and figures[cell].value)  # fmt: skip
        if len(shown) == 1:
            return {shown[0][1]: None}
        if shown:
            (_, first), (least, other) = shown[:2]
            return {first: least if first < other else least - 1}
    return None


def _is(figures: Mapping[Cell, Figure], cell: Cell, reason: Suppression) -> bool:
    return cell in figures and figures[cell].suppression is reason


def _unsent(figures: Mapping[Cell, Figure], cell: Cell) -> bool:
    told = figures.get(cell)
    return not cell.place.startswith(NO_PLACE) and (told is None or (told.value is None and not told.hidden))


def _withheld(figures: Mapping[Cell, Figure], cell: Cell, hidden: Hidden) -> bool:
    return cell in hidden or (cell in figures and figures[cell].hidden)

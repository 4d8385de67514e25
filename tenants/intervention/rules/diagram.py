"""docs/intervention-states.md, printed from the table of steps: `python -m tenants.intervention.rules.diagram`."""

from __future__ import annotations

from pathlib import Path

from tenants.intervention.rules.states import LABELS, NOT_REFERRED, STEPS, VERBS, WAITS_FOR, Party, State, Step

DOCUMENT = Path(__file__).parents[3] / "docs" / "intervention-states.md"

_HEAD = """\
# An intervention flag, state by state

Every move is a named person's decision with a reason; only a review falls due by itself, on the date an official set.
The Department sees nothing of a flag while it is “{raised}” or “{dropped}”.
Printed by `make snapshots` from `tenants/intervention/rules/states.py`.

```mermaid
stateDiagram-v2
"""
_BY: dict[frozenset[Party], str] = {
    frozenset({Party.AREA, Party.SCRUTINEER}): "area",
    frozenset({Party.OFFICIAL}): "official",
}


def page() -> str:
    """Return the page in Markdown: a diagram, then who is waited for in each state."""
    head = _HEAD.format(raised=LABELS[State.RAISED], dropped=LABELS[State.WITHDRAWN_LOCALLY])
    names = [f'    state "{LABELS[state]}" as {state}' for state in State]
    arrows = ["    [*] --> raised: raise (area)", *map(_arrow, STEPS), "    decided --> review_due: review date comes"]
    return "\n".join([head + "\n".join((*names, *arrows)), "```", "", *_waits(), ""])


def _arrow(step: Step) -> str:
    verb = VERBS[step.move].removesuffix(" about").removesuffix(" on")
    return f"    {step.before} --> {step.after}: {verb} ({_BY[step.by]})"


def _waits() -> list[str]:
    head = ["| state | known to the Department | waits for |", "|---|---|---|"]
    return head + [
        f"| {LABELS[state]} | {'no' if state in NOT_REFERRED else 'yes'} | {WAITS_FOR.get(state, '–')} |"
        for state in State
    ]


if __name__ == "__main__":
    DOCUMENT.write_text(page(), encoding="utf-8")

"""The diagram in the documents is the table of the rules."""

from __future__ import annotations

import re

from tenants.intervention.rules.diagram import DOCUMENT, page
from tenants.intervention.rules.states import STEPS, State

ARROW = re.compile(r"^ +(\w+) --> (\w+): (.+) \((area|official)\)$", re.MULTILINE)


def test_the_committed_page_is_what_the_rules_print() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == page()


def test_the_diagram_has_an_arrow_for_each_step_and_no_other() -> None:
    drawn = {(before, after, who) for before, after, _, who in ARROW.findall(page())}
    assert drawn == {
        (step.before.value, step.after.value, "official" if "official" in step.by else "area") for step in STEPS
    }
    assert len(ARROW.findall(page())) == len(STEPS)
    assert all(f'" as {state}\n' in page() for state in State)

"""The page of switches: each agency, what waits for its next answers, and a button for each fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from integrations.sandbox.agencies.agency import Agency
from integrations.sandbox.agencies.faults import COMMON, Fault, Faults
from integrations.sandbox.agencies.record import Record

_PAGE = Template((Path(__file__).parent / "controls.html").read_text("utf-8"))
_AGENCY = Template(
    '<section id="$name"><h2>$label</h2><p><code>/$name</code>, $asked requests so far. $waiting</p>'
    '<form method="post" action="/controls/$name/faults"><label>Fault <select name="kind">$kinds</select></label> '
    '<label>For the next <input name="times" type="number" min="1" value="3"> answers (empty: until cleared)</label> '
    '<label>Status <input name="status" inputmode="numeric" value="503"></label> '
    '<label>Retry-After <input name="retry_after" value=""></label> <button>Misbehave</button></form>'
    '<form method="post" action="/controls/$name/clear"><button>Behave again</button></form></section>'
)


def page(agencies: Sequence[Agency], faults: Faults, record: Record) -> str:
    """The page as HTML."""
    sections = [_section(agency, faults.waiting(agency.name), record.of(agency.name)) for agency in agencies]
    return _PAGE.substitute(agencies="\n".join(sections) or "<p>No agency is served yet.</p>")


def _section(agency: Agency, waiting: Sequence[Fault], recorded: Mapping[str, Any]) -> str:
    return _AGENCY.substitute(
        name=escape(agency.name),
        label=escape(agency.label),
        asked=sum(recorded["paths"].values()),
        waiting=_told(waiting),
        kinds="".join(_option(kind, words) for kind, words in {**COMMON, **agency.own_faults}.items()),
    )


def _told(waiting: Sequence[Fault]) -> str:
    if not waiting:
        return "It behaves."
    ways = (f"{fault.kind} ({'until cleared' if fault.times is None else fault.times})" for fault in waiting)
    return f"<strong>It misbehaves: {escape(', '.join(ways))}.</strong>"


def _option(kind: str, words: str) -> str:
    return f'<option value="{escape(kind)}">{escape(kind)}: {escape(words)}</option>'

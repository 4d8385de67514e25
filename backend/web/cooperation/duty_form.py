"""The form in which a duty is written: its rows of questions, and its days and steps as lines of text."""

from __future__ import annotations

import re
from typing import Any

from backend.web.forms import Form

BLANK_ROWS = 3
_ROW = re.compile(r"text_([1-9][0-9]{0,2})")  # more than a duty may have: what nobody typed must not cost the service
_STEP = re.compile(r"^\s*(\d{1,3})\s*[:.)-]\s*(.+)$")


def question_rows(form: Form) -> range:
    """Return the numbers of the question rows to show: those filled in, and three blank ones."""
    forms = [one for one in (form, form.saved) if one]
    filled = [int(row[1]) for one in forms for name in one.raw if (row := _ROW.fullmatch(name)) and one.value(name)]
    return range(1, max(filled, default=0) + BLANK_ROWS + 1)


def shown(duty: Any) -> Form:
    """Return the form filled with a duty as it is stored, or with the usual days and steps."""
    form = Form.filled(
        {
            "title": duty.title,
            "body": duty.body,
            "legal_basis": duty.legalBasis,
            "legal_note": duty.legalNote or "",
            "cycle": duty.cycle,
            "categories": duty.categories,
            "version": duty.version,
            "reminder_days": ", ".join(str(day) for day in duty.reminderDays),
            "follow_up": steps_text(duty.followUp),
        }
    )
    raw = dict(form.raw)
    for number, question in enumerate(duty.questions, start=1):
        raw |= {
            f"key_{number}": [question.key],
            f"kind_{number}": [question.kind],
            f"text_{number}": [question.text],
            f"help_{number}": [question.help],
            f"required_{number}": ["yes"] if question.required else [],
        }
    for name, day in (("opens_on", duty.opensOn), ("due_on", duty.dueOn)):
        if day:
            parts = zip(("year", "month", "day"), str(day).split("-"), strict=True)
            raw |= {f"{name}-{part}": [one.lstrip("0")] for part, one in parts}
    days = {"opens_on", "due_on"}
    return Form(raw=raw, date_fields=days, stored=form.stored | set(raw) | days)


def steps_text(steps: Any) -> str:
    """Return follow-up steps as lines: `5: Second reminder`."""
    return "\n".join(f"{step.workingDays}: {step.title}" for step in steps)


def read(form: Form) -> dict[str, Any]:
    """Return what was typed as the input of the mutations; problems are on the form."""
    opens, due = (
        form.date(name, label=label, required=False)
        for name, label in (("opens_on", "the opening date"), ("due_on", "the due date"))
    )
    return {
        "title": form.value("title"),
        "body": form.value("body").replace("\r\n", "\n"),
        "legalBasis": form.values("legal_basis"),
        "legalNote": form.value("legal_note") or None,
        "cycle": form.value("cycle"),
        "categories": form.values("categories"),
        "questions": _questions(form),
        "opensOn": opens and opens.isoformat(),
        "dueOn": due and due.isoformat(),
        "reminderDays": _days(form),
        "followUp": _steps(form),
    }


def _questions(form: Form) -> list[dict[str, Any]]:
    return [
        {
            "key": form.value(f"key_{number}") or f"q{number}",
            "kind": form.value(f"kind_{number}") or "text",
            "text": form.value(f"text_{number}"),
            "help": form.value(f"help_{number}"),
            "required": form.ticked(f"required_{number}"),
        }
        for number in question_rows(form)
        if form.value(f"text_{number}").strip()
    ]


def _days(form: Form) -> list[int]:
    words = form.value("reminder_days").replace(",", " ").replace("−", "-").split()
    if any(not re.fullmatch(r"-?\d{1,3}", word) for word in words):
        form.add_problem("reminder_days", "Enter reminder days as numbers, like -10, -2, 1")
        return []
    return [int(word) for word in words]


def _steps(form: Form) -> list[dict[str, Any]]:
    lines = [line for line in form.value("follow_up").splitlines() if line.strip()]
    found = [_STEP.match(line) for line in lines]
    if not all(found):
        form.add_problem("follow_up", "Write each step as a number of working days and what happens, like 5: Call")
    return [{"workingDays": int(step[1]), "title": step[2].strip()} for step in found if step]

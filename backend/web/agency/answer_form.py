"""The form of a duty's questions: what was typed becomes answers, answers become what the fields show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from backend.web.forms import DATE_PARTS, Form
from tenants.cooperation.rules.answers import Answer, faults, tidy
from tenants.cooperation.rules.duties import Kind, Question

_PARTS = ("year", "month", "day")


def field_of(key: str, prefix: str = "") -> str:
    """Return the name of the field of a question; `prefix` tells several forms on a page apart."""
    return f"{prefix}q_{key}"


def shown(questions: Iterable[Any], answers: Iterable[Any]) -> Form:
    """Return the form as it first appears, filled with the draft."""
    given = {answer.key: answer for answer in answers}
    raw: dict[str, list[str]] = {}
    form = Form(raw=raw)
    for question in questions:
        name, answer = field_of(question.key), given.get(question.key)
        form.stored |= {name, f"{name}_post", f"{name}_email"}
        if question.kind == Kind.DATE:
            form.date_fields.add(name)
            typed = (answer.value if answer else "").split("-")
            raw.update({f"{name}-{part}": [one.lstrip("0")] for part, one in zip(_PARTS, typed, strict=False)})
        elif answer is not None:
            raw[name] = [answer.value]
            raw[f"{name}_post"], raw[f"{name}_email"] = [answer.post], [answer.email]
    return form


def read_answers(form: Form, questions: Iterable[Any], *, prefix: str = "") -> dict[str, Answer]:
    """Return what was typed as answers, however unfinished."""
    return tidy({question.key: _typed(form, question, field_of(question.key, prefix)) for question in questions})


def _typed(form: Form, question: Any, name: str) -> Answer:
    if question.kind == Kind.DATE:
        form.date_fields.add(name)
        parts = {part: form.value(f"{name}-{part}").strip() for part in DATE_PARTS}
        if not any(parts.values()):
            return Answer()
        return Answer(value=f"{parts['year']}-{parts['month'].zfill(2)}-{parts['day'].zfill(2)}"[:60])
    if question.kind == Kind.NAMED_PERSON:
        return Answer(value=form.value(name), post=form.value(f"{name}_post"), email=form.value(f"{name}_email"))
    return Answer(value=form.value(name).replace("\r\n", "\n"))


def add_faults(form: Form, questions: Iterable[Any], answers: Mapping[str, Answer], *, prefix: str = "") -> None:
    """Add what is wrong with a finished form, on the fields of its questions."""
    asked = [Question(key=q.key, kind=q.kind, text=q.text, help=q.help, required=q.required) for q in questions]
    for fault in faults(asked, answers, complete=True):
        part = "" if fault.part == "value" else f"_{fault.part}"
        form.add_problem(field_of(fault.key, prefix) + part, fault.message)


def add_problems(form: Form, problems: Iterable[Any]) -> None:
    """Add the problems of a mutation; `answers.KEY` is the field of that question."""
    for problem in problems:
        name = problem.field or ""
        known = field_of(name.removeprefix("answers.")) if name.startswith("answers.") else None
        other = "confirm_prefilled" if name == "confirmPrefilled" else (name or None)
        form.add_problem(known or other, problem.message, code=problem.code)
        form.carry_version(problem.currentVersion)


def on_page(form: Form, questions: Iterable[Any], page: str) -> Form:
    """Return the form with what is wrong with an answer linked to its field on the page that has it."""
    ends = {question.key: "-day" if question.kind == Kind.DATE else "" for question in questions}
    form.elsewhere.update({field_of(key): f"{page}#{field_of(key)}{end}" for key, end in ends.items()})
    return form


def as_input(answers: Mapping[str, Answer]) -> list[dict[str, str]]:
    """Return answers as mutations take them."""
    return [{"key": key, "value": a.value, "post": a.post, "email": a.email} for key, a in answers.items()]

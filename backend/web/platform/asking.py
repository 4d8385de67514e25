"""The page before what cannot be undone, or needs a reason: what will happen, perhaps a day and a choice, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from litestar import Request, Response

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import mutate
from backend.web.render import redirect, render

Option = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A page that asks before it acts. `day` and `choice` are (field, label); `reason` is the label of the reason."""

    title: str
    caption: str
    lines: Sequence[str]
    action: str
    button: str
    back: str
    warning: str = ""
    reason: str | None = "Why?"
    day: tuple[str, str] | None = None
    choice: tuple[str, str] | None = None
    options: Sequence[Option] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


def ask(request: Request[Any, Any, Any], question: Question, *, form: Form | None = None) -> Response[Any]:
    """Returns the page that asks."""
    return render(request, "platform/ask.html", form=form, title=question.title, caption=question.caption,
                  question=question, fields=question.fields, lines=question.lines, action=question.action,
                  button=question.button, back=question.back, warning=question.warning)


async def act(
    request: Request[Any, Any, Any],
    question: Question,
    *,
    operation: str,
    input: Mapping[str, object],
    to: str,
    said: str,
) -> Response[Any]:
    """Runs the mutation with what was typed added to `input`; 303 to a page that says so, or the question again."""
    form = await read_form(request)
    values = {**input, **_typed(form, question)}
    if not form.problems:
        outcome = await mutate(request, operation, values)
        if outcome.ok:
            return redirect(request, to, flash=said)
        form.add_problems(outcome.problems)
    return ask(request, question, form=form)


def _typed(form: Form, question: Question) -> dict[str, object]:
    typed: dict[str, object] = {}
    if question.day is not None:
        name, label = question.day
        day = form.date(name, label=label[0].lower() + label[1:])
        typed[_camel(name)] = None if day is None else day.isoformat()
    if question.choice is not None:
        name, label = question.choice
        offered = [str(option["value"]) for option in question.options]
        typed[_camel(name)] = form.choice(name, label=label[0].lower() + label[1:], options=offered)
    if question.reason is not None:
        typed["reason"] = form.text("reason", label="a reason", max_length=1000, lines=True)
    return typed


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)

"""Answers that a trust gives once for several schools: which schools are asked the same, and the form for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request

from backend.web.agency.answer_form import add_faults, as_input, read_answers
from backend.web.agency.duties import record_of
from backend.web.forms import Form


@dataclass(frozen=True, kw_only=True)
class Group:
    """Requests that ask the same questions; `prefix` begins the names of its fields."""

    prefix: str
    title: str
    requests: Sequence[str]
    schools: Sequence[str]
    questions: Sequence[Any]


async def groups_of(request: Request[Any, Any, Any], rows: Iterable[Any]) -> list[Group]:
    """Return the rows that are asked the same as others, grouped; the questions are read once for each group."""
    together: dict[str, list[Any]] = {}
    for row in rows:
        together.setdefault(row.formId, []).append(row)
    return [
        Group(
            prefix=f"g{number}_",
            title=f"{some[0].title}, {some[0].areaName}",
            requests=[one.id for one in some],
            schools=[one.agencyName for one in some],
            questions=(await record_of(request, some[0].id)).asked.questions,
        )
        for number, some in enumerate((some for some in together.values() if len(some) > 1), start=1)
    ]


async def sent_groups(request: Request[Any, Any, Any], form: Form) -> list[tuple[list[str], list[dict[str, str]]]]:
    """Return the requests of each group of a sent form with the answers for all of them; problems are on the form.

    Requests for which nothing was typed, or which are asked what no other is, come with no answers.
    """
    ticked, found = set(form.values("request")), []
    for number in range(1, len(ticked) + 1):
        prefix = f"g{number}_"
        ids = [one for one in form.values(f"{prefix}request") if one in ticked]
        typed = any(name.startswith(f"{prefix}q_") and any(map(str.strip, form.raw[name])) for name in form.raw)
        found.append((ids, await _answers(request, form, ids[0], prefix) if ids and typed else []))
        ticked -= set(ids)
    return [*((ids, answers) for ids, answers in found if ids), *([(sorted(ticked), [])] if ticked else [])]


async def _answers(
    request: Request[Any, Any, Any], form: Form, request_id: str, prefix: str
) -> list[dict[str, str]]:
    questions = (await record_of(request, request_id)).asked.questions
    answers = read_answers(form, questions, prefix=prefix)
    add_faults(form, [one for one in questions if one.key in answers], answers, prefix=prefix)
    return as_input(answers)

"""What a person typed into a form: read into typed values, with problems in words they can act on.

Labels are noun phrases in lower case (`label="the start date"`), so that every message is a sentence. What was
typed is kept exactly, and shown again when the page is answered with 422.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from litestar.datastructures import UploadFile

from backend.web.form_values import BadValue, parse_date, parse_pence, parse_text, parse_whole

T = TypeVar("T")
DATE_PARTS = ("day", "month", "year")


class TypedProblem(Protocol):
    """A problem of a mutation, as its stored operation selects it."""

    @property
    def field(self) -> str | None: ...
    @property
    def message(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def currentVersion(self) -> int | None: ...


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the form field (None: the whole form), a message, and the code it came with."""

    field: str | None
    message: str
    code: str = "invalid"


@dataclass
class Form:
    """The raw values of a form, and the problems found while reading it."""

    raw: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    date_fields: set[str] = field(default_factory=set)
    stored: set[str] = field(default_factory=set)  #: the fields whose values come from what is saved
    elsewhere: dict[str, str] = field(default_factory=dict)  #: fields that another page has, with their address there
    saved: Form | None = None  #: after an edit conflict: the form as it would first appear now

    @classmethod
    def filled(cls, values: Mapping[str, object]) -> Form:
        """A form as it first appears, with stored values: dates, booleans, lists and text as fields show them."""
        form = cls(raw={key: shown for name, value in values.items() for key, shown in _shown(name, value)})
        form.date_fields.update(name for name, value in values.items() if isinstance(value, date))
        form.stored.update(values)
        return form

    def value(self, name: str) -> str:
        """Returns what was typed, or an empty string."""
        values = self.raw.get(name) or ("",)
        return values[0]

    def values(self, name: str) -> list[str]:
        """Returns every value of a repeated field, such as checkboxes."""
        return list(self.raw.get(name) or ())

    def text(
        self, name: str, *, label: str, required: bool = True, max_length: int = 200, lines: bool = False
    ) -> str | None:
        """Returns trimmed text, or None when it is empty or wrong."""
        return self._read(name, required, f"Enter {label}", lambda raw: parse_text(raw, label, max_length, lines))

    def whole(
        self, name: str, *, label: str, required: bool = True, minimum: int = 0, maximum: int = 10**9
    ) -> int | None:
        """Returns a whole number within its bounds, or None."""
        return self._read(name, required, f"Enter {label}", lambda raw: parse_whole(raw, label, minimum, maximum))

    def pence(
        self, name: str, *, label: str, required: bool = True, minimum: int = 0, maximum: int = 10**13
    ) -> int | None:
        """Returns an amount typed in pounds as whole pence, or None."""
        return self._read(name, required, f"Enter {label}", lambda raw: parse_pence(raw, label, minimum, maximum))

    def date(self, name: str, *, label: str, required: bool = True) -> date | None:
        """Returns the date of three inputs `name-day`, `name-month`, `name-year`, or None."""
        self.date_fields.add(name)
        parts = {part: self.value(f"{name}-{part}").strip() for part in DATE_PARTS}
        if not any(parts.values()):
            self._missing(name, required, f"Enter {label}")
            return None
        return self._caught(name, lambda: parse_date(parts, label))

    def choice(self, name: str, *, label: str, options: Iterable[str], required: bool = True) -> str | None:
        """Returns the option chosen, or None; an option that was not offered is a problem."""
        chosen = self.value(name)
        if not chosen:
            self._missing(name, required, f"Select {label}")
        elif chosen in set(options):
            return chosen
        else:
            self._not_offered(name, label)
        return None

    def choices(self, name: str, *, label: str, options: Iterable[str], required: bool = True) -> list[str]:
        """Returns the options ticked, in the order given and each once."""
        chosen, offered = list(dict.fromkeys(filter(None, self.values(name)))), set(options)
        if not chosen:
            self._missing(name, required, f"Select {label}")
        if not offered.issuperset(chosen):
            self._not_offered(name, label)
            return []
        return chosen

    def ticked(self, name: str) -> bool:
        """Returns whether a single checkbox was ticked."""
        return bool(self.value(name))

    def file(self, name: str, *, label: str, required: bool = True) -> UploadFile | None:
        """Returns the uploaded file, or None when none was chosen."""
        upload = self.files.get(name)
        if upload is None:
            self._missing(name, required, f"Select {label}")
        return upload

    def add_problem(self, field: str | None, message: str, *, code: str = "invalid") -> None:
        """Adds a problem found after reading, such as a rule over two fields."""
        self.problems.append(Problem(field, message, code))

    def add_problems(self, problems: Iterable[TypedProblem]) -> None:
        """Adds the typed problems of a mutation; startsOn becomes starts_on, a newer version is sent the next time."""
        for problem in problems:
            name = _snake(problem.field) if problem.field else None
            self.problems.append(Problem(name, problem.message, problem.code))
            self.carry_version(problem.currentVersion)

    def carry_version(self, version: int | str | None) -> None:
        """Sends this version of the thing when the form is sent again; None or nothing leaves the one it has."""
        if version:
            self.raw = {**self.raw, "version": [str(version)]}

    def error(self, name: str) -> str | None:
        """Returns the first problem of a field."""
        return next((p.message for p in self.problems if p.field == name), None)

    def summary(self, page: str) -> list[dict[str, str]]:
        """Returns the list of the error summary in the order of the page's fields, each linked to its own.

        What the page does not show comes first: without a link, or with that of the page that shows it.
        """
        placed = [(page.find(f'id="{self._target(problem)}"'), problem) for problem in self.problems]
        in_order = sorted(placed, key=lambda each: each[0])
        return [{"text": problem.message, **self._link(problem, place)} for place, problem in in_order]

    def _link(self, problem: Problem, place: int) -> dict[str, str]:
        if address := self.elsewhere.get(problem.field or ""):
            return {"href": address}
        return {"href": f"#{self._target(problem)}"} if place >= 0 else {}

    def _target(self, problem: Problem) -> str:
        return f"{problem.field or ''}{'-day' if problem.field in self.date_fields else ''}"

    def _read(self, name: str, required: bool, missing: str, parse: Callable[[str], T]) -> T | None:
        raw = self.value(name)
        if not raw.strip():
            self._missing(name, required, missing)
            return None
        return self._caught(name, lambda: parse(raw))

    def _caught(self, name: str, parse: Callable[[], T]) -> T | None:
        try:
            return parse()
        except BadValue as bad:
            self._add(name, str(bad))
            return None

    def _missing(self, name: str, required: bool, message: str) -> None:
        if required:
            self._add(name, message, "required")

    def _not_offered(self, name: str, label: str) -> None:
        self._add(name, f"Choose {label} from those listed")

    def _add(self, name: str, message: str, code: str = "invalid") -> None:
        self.problems.append(Problem(name, message, code))


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), str(name))


def _shown(name: str, value: object) -> list[tuple[str, list[str]]]:
    match value:
        case None | False:
            return []
        case True:
            return [(name, ["yes"])]
        case date():
            return [(f"{name}-{part}", [str(getattr(value, part))]) for part in DATE_PARTS]
        case list() | tuple():
            return [(name, [str(item) for item in value])]
        case _:
            return [(name, [str(value)])]

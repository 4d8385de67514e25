"""Results of stored operations as templates read them: strict about what was selected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class FieldNotSelected(Exception):
    """A template read a field that its stored operation does not select.

    Deliberately not a LookupError or AttributeError: Jinja turns those into an empty string.
    """


class Result:
    """A read-only GraphQL object: `result.name` or `result["name"]`; anything not selected raises.

    No dictionary methods, so a field called `items` or `keys` is simply that field.
    """

    __slots__ = ("_data",)

    def __init__(self, data: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_data", data)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # protocol probes by Python itself, such as __html__
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Any:
        try:
            return wrap(self._data[name])
        except KeyError:
            raise FieldNotSelected(f"{name} (selected: {', '.join(sorted(self._data))})") from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a result is read-only: {name}")

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("a result object is not a list")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and bool(self._data == other._data)

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"Result({dict(self._data)!r})"


def wrap(value: Any) -> Any:
    """The same value with every object inside it strict; lists stay lists, scalars stay themselves."""
    if isinstance(value, dict):
        return Result(value)
    if isinstance(value, list):
        return [wrap(item) for item in value]
    return value

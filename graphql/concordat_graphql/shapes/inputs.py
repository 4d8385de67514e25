"""Input objects from coerced values: the same objects as Strawberry's own conversion makes of them, with the types of
their fields looked up once for each class instead of once for each value."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import strawberry
from strawberry.schema.name_converter import NameConverter
from strawberry.types.base import StrawberryList, StrawberryMaybe, StrawberryOptional, get_object_definition

Make = Callable[[Any], Any]
PLAIN = (str, int, float, bool, strawberry.ID)


class NotPlain(Exception):
    """The input has a field of a kind that only Strawberry converts."""


def maker(kind: Any, names: NameConverter) -> Make:
    """Return what makes a value of that type of its coerced value; raises `NotPlain`."""
    match kind:
        case StrawberryMaybe():
            raise NotPlain
        case StrawberryOptional():
            inner = maker(kind.of_type, names)
            return lambda value: None if value is None else inner(value)
        case StrawberryList():
            inner = maker(kind.of_type, names)
            return lambda value: [inner(each) for each in value]
    if kind in PLAIN:
        return lambda value: value
    return _object(kind, names)


@lru_cache(maxsize=256)
def _object(kind: type, names: NameConverter) -> Make:
    definition = get_object_definition(kind)
    if definition is None or not definition.is_input or definition.is_graphql_generic:
        raise NotPlain
    fields = [(names.get_graphql_name(each), each.python_name, maker(each.type, names)) for each in definition.fields]

    def make(value: Any) -> Any:
        return kind(**{name: made(value[key]) for key, name, made in fields if key in value})

    return make

"""What stands in an entry's before and after, as JSON knows it; and going through it, part by part. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID


def plain(value: object) -> object:
    """Return a value that JSON has no word for as one that it has: the `default` of `json.dumps`."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case UUID() | Decimal():
            return str(value)
        case set() | frozenset() | tuple():
            return sorted(value, key=str)
    raise TypeError(f"cannot write a {type(value).__name__} into an audit entry")


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return the value with every part changed, from the outside in; what `change` made another is not gone into."""
    changed = change(value)
    if changed is not value:
        return changed
    match value:
        case Mapping():
            return {name: mapped(part, change) for name, part in value.items()}
        case list() | tuple():
            return [mapped(part, change) for part in value]
    return value

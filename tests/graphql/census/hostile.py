"""What does not fit, made from a valid input and the schema: one changed input for each field and each way."""

from __future__ import annotations

import base64
import copy
from collections.abc import Iterator
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, get_named_type, is_required_input_field, parse
from graphql.language.ast import FieldNode, OperationDefinitionNode

from concordat_graphql.ids import encode
from concordat_graphql.operations import stored
from concordat_graphql.schema import schema
from infra.ids import uuid7

Path = tuple[str | int, ...]

TOO_LONG = "x" * 10_001
ODD = "=1+1<script>alert(1)</script>\x00\x07\x1b"
DAYS = {"before history": "0001-01-01", "after time": "9999-12-31"}
NUMBERS = {"negative": -1, "largest": 2**31 - 1}
WRONG_TYPE: dict[str, object] = {
    "String": 7, "ID": {"id": 7}, "Int": "seven", "Boolean": "yes", "Date": 20_260_901, "Pence": "7.50"
}  # fmt: skip

DEFAULTED = {
    name
    for kind in schema._schema.type_map.values()
    if isinstance(kind, GraphQLInputObjectType)
    for name, field in kind.fields.items()
    if isinstance(field.type, GraphQLNonNull) and not is_required_input_field(field)
}


def field_of(operation: str) -> str:
    """Return the mutation that a stored operation sends."""
    (definition,) = parse(stored()[operation]).definitions
    assert isinstance(definition, OperationDefinitionNode)
    (field,) = definition.selection_set.selections
    assert isinstance(field, FieldNode)
    return field.name.value


def mutations() -> dict[str, str]:
    """Return every stored mutation: operation to schema field."""
    return {name: field_of(name) for name, text in stored().items() if text.lstrip().startswith("mutation")}


def schema_mutations() -> set[str]:
    """Return every mutation of the schema."""
    root = schema._schema.mutation_type
    assert root is not None
    return set(root.fields)


def leaves(operation: str, given: dict[str, Any]) -> Iterator[tuple[Path, str, bool]]:
    """Yield each leaf of the input: where, of which scalar, whether it must be given."""
    root = schema._schema.mutation_type
    assert root is not None
    kind = get_named_type(root.fields[field_of(operation)].args["input"].type)
    assert isinstance(kind, GraphQLInputObjectType)
    yield from _leaves(kind, given, ())


def _leaves(kind: GraphQLInputObjectType, given: dict[str, Any], at: Path) -> Iterator[tuple[Path, str, bool]]:
    for name, field in kind.fields.items():
        if name == "idempotencyKey":
            continue
        required = isinstance(field.type, GraphQLNonNull)
        plain = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        inner = get_named_type(field.type)
        value, path = given.get(name), (*at, name)
        if isinstance(plain, GraphQLList):
            if not value:
                continue
            path, value = (*path, 0), value[0]
        if isinstance(inner, GraphQLInputObjectType):
            if value is not None:
                yield from _leaves(inner, value, path)
        else:
            yield path, inner.name, required


def changed(given: dict[str, Any], path: Path, value: object) -> dict[str, Any]:
    """Return the input with one leaf replaced."""
    copied = copy.deepcopy(given)
    place: Any = copied
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copied


def at(given: dict[str, Any], path: Path) -> Any:
    """Return the value of a leaf, None where there is none."""
    place: Any = given
    for step in path:
        place = place.get(step) if isinstance(place, dict) else place[step]
    return place


def misfits(operation: str, given: dict[str, Any], foreign: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (what was done, the input) for everything that is to be refused.

    `foreign` is another area's input; give the same input again for an actor whom areas do not bound.
    """
    for path, scalar, required in leaves(operation, given):
        name = ".".join(str(step) for step in path if step != 0)
        for what, value in _wrong(scalar, name, at(given, path), at(foreign, path), required=required):
            yield f"{name}: {what}", changed(given, path, value)


def _wrong(scalar: str, name: str, valid: Any, foreign: Any, *, required: bool) -> Iterator[tuple[str, object]]:
    match scalar:
        case "String":
            yield "too long", TOO_LONG
            if required:
                yield "empty", ""
                yield "blank", " \t "
        case "ID":
            yield "nonsense", "nonsense"
            yield "empty", ""
            yield "another kind", encode("Mail", uuid7())
            if foreign is not None and foreign != valid and not _of_the_nation(foreign):
                yield "foreign", foreign
        case "Int" if name == "version":
            yield from (("stale", valid - 1), ("ahead", valid + 7))
        case "Int":
            yield from NUMBERS.items()
        case "Pence":
            yield from (("negative", -1), ("largest", 2**53 - 1))
        case "Date":
            yield from DAYS.items()


def _of_the_nation(opaque: str) -> bool:
    return base64.urlsafe_b64decode(opaque + "=" * (-len(opaque) % 4)).startswith(b"Organisation:")


def wrongly_typed(operation: str, given: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """Return the input with each value of a wrong JSON type, and the names of all of them."""
    said, names = given, []
    for path, scalar, _ in leaves(operation, given):
        said = changed(said, path, WRONG_TYPE[scalar])
        names.append(".".join(map(str, path)))
    return names, said


def left_out(operation: str, given: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """Return the input without what must be given (null, where nothing said would mean a default), and its names."""
    said, names = copy.deepcopy(given), []
    for path, _, required in leaves(operation, given):
        if required and isinstance(path[-1], str):
            said = changed(said, path, None)
            if path[-1] not in DEFAULTED:
                del at(said, path[:-1])[path[-1]]
            names.append(".".join(map(str, path)))
    return names, said


def oddities(operation: str, given: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the input with markup, a formula and control characters in each text in turn: kept as text, or refused."""
    for path, scalar, _ in leaves(operation, given):
        if scalar in ("String", "ID"):
            name = ".".join(str(step) for step in path if step != 0)
            yield f"{name}: odd", changed(given, path, ODD)

"""An input is made as Strawberry makes it, whatever is given, left out or null."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

import pytest
import strawberry
from strawberry.types.arguments import convert_argument

from concordat_graphql.cooperation.inputs.returns import (
    AnswerInput,
    ConfirmReturnsInput,
    MoveReturnInput,
    SubmitReturnInput,
)
from concordat_graphql.perform import request_hash
from concordat_graphql.schema import schema
from concordat_graphql.shapes.inputs import NotPlain, maker

KEY, ODD = {"idempotencyKey": "a key of a command"}, "O’Brien \" ' \\ {0} ÿ"
ANSWERS = [{"key": "lead", "value": ODD, "post": "", "email": "a@example.org"}, {"key": "policy", "value": "yes"}]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (SubmitReturnInput, {**KEY, "requestId": "x", "version": 1}),
        (SubmitReturnInput, {**KEY, "requestId": "x", "version": 1, "answers": None}),
        (SubmitReturnInput, {**KEY, "requestId": "x", "version": 1, "answers": []}),
        (SubmitReturnInput, {**KEY, "requestId": "x", "version": 9, "answers": ANSWERS, "confirmPrefilled": True}),
        (ConfirmReturnsInput, {**KEY, "requestIds": ["x", "y", ODD]}),
        (MoveReturnInput, {**KEY, "requestId": ODD, "version": -1}),
    ],
)
def test_it_is_the_same_object(kind: type, given: dict[str, Any]) -> None:
    config, scalars = schema.config, schema.schema_converter.scalar_registry
    made = maker(kind, config.name_converter)(given)
    assert type(made) is kind
    assert made == convert_argument(given, kind, scalar_registry=scalars, config=config)


def test_what_only_strawberry_converts_is_left_to_it() -> None:
    @strawberry.type
    class NoInput:
        name: str

    for kind in (NoInput, bytes, object):
        with pytest.raises(NotPlain):
            maker(kind, schema.config.name_converter)


@pytest.mark.parametrize(
    "given",
    [
        SubmitReturnInput(idempotency_key="a", request_id=strawberry.ID("r"), version=3, answers=None),
        SubmitReturnInput(
            idempotency_key="b", request_id=strawberry.ID(ODD), version=3, answers=[AnswerInput(key="k", value=ODD)]
        ),
        ConfirmReturnsInput(idempotency_key="c", request_ids=[strawberry.ID("x")], answers=[]),
    ],
)
def test_the_hash_of_a_request_is_the_one_that_was_kept_by_earlier_releases(given: Any) -> None:
    values = {name: value for name, value in dataclasses.asdict(given).items() if name != "idempotency_key"}
    kept = hashlib.sha256(json.dumps(["a.command", values], default=str, sort_keys=True).encode()).digest()
    assert request_hash("a.command", given) == kept

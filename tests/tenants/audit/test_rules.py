"""An anchor is read only as it was signed, by the key that one expects."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tenants.audit.rules import Anchor, Head, NotAnAnchor, public_key_of, read, signed

SEED = bytes(range(32))
KEY = public_key_of(SEED)
HEADS = (
    Head(area_id=0, chain="platform", seq=7, hash="aa" * 32),
    Head(area_id=3, chain="brackenshire", seq=12, hash="bb" * 32),
)
ANCHOR = Anchor(made_at=datetime(2026, 11, 22, 2, 0, tzinfo=UTC), heads=HEADS)


def test_what_was_signed_is_read_back() -> None:
    assert read(signed(ANCHOR, seed=SEED), public_key=KEY) == ANCHOR


def test_the_file_can_be_read_by_a_person_and_names_the_chains() -> None:
    said = json.loads(signed(ANCHOR, seed=SEED))
    assert [head["chain"] for head in said["heads"]] == ["platform", "brackenshire"]
    assert said["root"] == ANCHOR.root
    assert SEED.hex() not in json.dumps(said)


def test_one_root_stands_for_all_heads_in_their_order() -> None:
    turned = Anchor(made_at=ANCHOR.made_at, heads=HEADS[::-1])
    assert len({ANCHOR.root, turned.root, Anchor(made_at=ANCHOR.made_at, heads=HEADS[:1]).root}) == 3


CHANGES: list[Callable[[dict[str, Any]], object]] = [
    lambda said: said["heads"][1].update(seq=11),
    lambda said: said["heads"][1].update(hash="cc" * 32),
    lambda said: said["heads"].pop(),
    lambda said: said.update(made_at="2026-11-23T02:00:00+00:00"),
    lambda said: said.update(public_key="00" * 32),
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_was_changed_after_signing_is_noticed(change: Callable[[dict[str, Any]], object]) -> None:
    said = json.loads(signed(ANCHOR, seed=SEED))
    change(said)
    with pytest.raises(NotAnAnchor, match="changed after it was signed"):
        read(json.dumps(said), public_key=KEY)


def test_another_key_is_not_believed_even_though_the_file_brings_its_own() -> None:
    with pytest.raises(NotAnAnchor, match="signed with another key"):
        read(signed(ANCHOR, seed=bytes(32)), public_key=KEY)


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"signature": 1}', '{"signature": "zz"}', "\x00"])
def test_what_is_no_anchor_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotAnAnchor):
        read(text, public_key=KEY)


def test_a_public_key_that_is_none_is_refused() -> None:
    with pytest.raises(NotAnAnchor):
        read(signed(ANCHOR, seed=SEED), public_key="not a key")

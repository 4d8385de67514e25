"""Documents are prepared once and kept by how much they hold, not only by how many they are."""

from __future__ import annotations

import gc
import weakref

import pytest
from graphql import OperationDefinitionNode, OperationType

from concordat_graphql.answering import outline_of, plan_of
from concordat_graphql.schema import schema
from concordat_graphql.shapes import document
from concordat_graphql.shapes.compiler import Mask
from concordat_graphql.shapes.document import LONGEST, MOST_FORMS, Documents, Prepared, prepared, remembered

AREA = "query {name}($slug: String!) {{ area(slug: $slug) {{ name {more} }} }}"


def asked(text: str) -> Prepared | None:
    raise AssertionError(f"{text} had been prepared before")


def test_a_text_is_another_document_where_it_has_to_be_another_kind() -> None:
    text = AREA.format(name="Kind", more="")
    assert prepared(text, schema._schema) is not None
    assert prepared(text, schema._schema, OperationType.MUTATION) is None


def test_a_document_is_prepared_once() -> None:
    kept = Documents()
    assert kept.get("{ a }", lambda _: None) is None
    assert kept.get("{ a }", asked) is None


def test_what_was_not_asked_for_longest_goes_when_they_hold_too_much() -> None:
    kept = Documents(most=30)
    for text in ("a" * 10, "b" * 10, "c" * 10):
        kept.get(text, lambda _: None)
    kept.get("a" * 10, asked)
    kept.get("d" * 15, lambda _: None)
    assert kept.characters == 25
    kept.get("a" * 10, asked)
    with pytest.raises(AssertionError, match="bbb"):
        kept.get("b" * 10, asked)


def test_a_document_longer_than_any_page_of_ours_is_the_ordinary_paths() -> None:
    text = AREA.format(name="Long", more="# " + "x" * LONGEST + "\n")
    assert prepared(text, schema._schema) is None
    assert prepared(AREA.format(name="Short", more="# x\n"), schema._schema) is not None


def test_with_a_document_goes_what_was_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "DOCUMENTS", Documents(most=200))
    found = prepared(AREA.format(name="Gone", more=""), schema._schema)
    assert found is not None
    outline = outline_of(found, ())
    assert outline is not None
    mask: Mask = tuple((("slug", True), ("as_at", True)) for _ in outline.binders)
    assert plan_of(outline, mask) is plan_of(outline, mask)
    gone = weakref.ref(found.operation)
    del found, outline
    for number in range(9):
        prepared(AREA.format(name=f"Next{number}", more="slug"), schema._schema)
    gc.collect()
    assert gone() is None


def test_of_one_document_only_so_many_forms_are_kept() -> None:
    into: dict[int, int] = {}
    for number in range(10 * MOST_FORMS):
        assert remembered(into, number, lambda number=number: -number) == -number  # type: ignore[misc]
        assert len(into) <= MOST_FORMS


def test_positions_in_the_text_are_not_kept_with_it() -> None:
    found = prepared(AREA.format(name="Lean", more=""), schema._schema)
    assert found is not None
    assert isinstance(found.operation, OperationDefinitionNode)
    assert found.operation.loc is None

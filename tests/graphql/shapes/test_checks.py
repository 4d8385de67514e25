"""What does not fit the database is found at start, and named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concordat_graphql import shape_checks
from concordat_graphql.shaped import SHAPES
from concordat_graphql.shapes.outline import Shapes
from concordat_graphql.shapes.shape import Root, Shape
from concordat_graphql.shapes.words import labelled
from tests.support.cluster import Cluster


async def test_every_shape_fits_the_database(database: Cluster) -> None:
    await shape_checks.check_shapes()


def changed(monkeypatch: pytest.MonkeyPatch, *, shape: Shape | None = None, root: Root | None = None) -> None:
    """Puts another shape of an agency, or another root field that lists agencies, in place."""
    types = {**SHAPES.types, **({"RelevantAgency": shape} if shape else {})}
    roots = {**SHAPES.roots, **({"relevantAgencies": root} if root else {})}
    monkeypatch.setattr(shape_checks, "SHAPES", Shapes(types=types, roots=roots))


AGENCY = SHAPES.types["RelevantAgency"]
AGENCIES = SHAPES.roots["relevantAgencies"]

WRONG = {
    "RelevantAgency.reason reads relevant_agency.reasoning, which is not there": {"reason": "{t}.reasoning"},
    "RelevantAgency.reason is never null, and relevant_agency.expectation may be": {"reason": "{t}.expectation"},
    "RelevantAgency.state_label has no words for": {"state_label": labelled("{t}.state", {"selected": "Selected"})},
    "RelevantAgency.state_label has words for codes, and relevant_agency.name has no CHECK": {
        "state_label": labelled("{t}.name", {})
    },
}


@pytest.mark.parametrize("complaint", WRONG)
async def test_a_wrong_expression_is_named(database: Cluster, monkeypatch: pytest.MonkeyPatch, complaint: str) -> None:
    changed(monkeypatch, shape=replace(AGENCY, columns={**AGENCY.columns, **WRONG[complaint]}))
    with pytest.raises(shape_checks.ShapesDoNotFit, match=complaint):
        await shape_checks.check_shapes()


async def test_a_login_that_may_not_read_a_column_is_named(database: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(monkeypatch, root=replace(AGENCIES, reader=replace(AGENCIES.reader, logins=("app", "public"))))
    with pytest.raises(shape_checks.ShapesDoNotFit, match="relevantAgencies as public: permission denied"):
        await shape_checks.check_shapes()

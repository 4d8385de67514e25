"""docs/roles.md is what the permissions answer, and leaves none of them out."""

from __future__ import annotations

import importlib
import inspect

import pytest

from tenants.tenancy.roles import Role
from tests.documents import marked, roles
from tests.documents.spelt_out import SPELT_OUT, TOLD_ELSEWHERE, WORDS


def test_the_committed_table_is_what_the_permissions_answer() -> None:
    assert marked.printed(roles.DOCUMENT, roles.PART) == roles.part(), "run `make snapshots`"


@pytest.mark.parametrize("capability", roles.capabilities())
def test_every_permission_has_a_row(capability: str) -> None:
    module = importlib.import_module(f"tenants.{capability}.permissions")
    plain = {check.__name__ for check in roles.plain_checks(module)}
    told = {act.asks for act in SPELT_OUT.get(capability, ())} | TOLD_ELSEWHERE
    assert set(roles.checks(module)) - plain - told == set(), "add an example to tests/documents/spelt_out.py"


def test_no_words_are_left_over_from_a_permission_that_went() -> None:
    for capability, name in WORDS:
        assert inspect.isfunction(getattr(importlib.import_module(f"tenants.{capability}.permissions"), name))


def test_the_table_tells_who_may_agree_and_who_may_not() -> None:
    answers = dict(roles.rows_of("resourcing"))["agree the budget and contributions for the body they lead"]
    assert [role for role, yes in zip(Role, answers, strict=True) if yes] == [Role.LEAD_SAFEGUARDING_PARTNER]

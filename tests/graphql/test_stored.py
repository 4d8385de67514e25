"""Stored operations are checked together, and what is wrong is named one by one."""

from __future__ import annotations

import pytest

from concordat_graphql import operations

GOOD = "query Good { publicAreas { slug } }"



def test_what_the_product_sends_is_accepted() -> None:
    operations.check(operations.stored())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("query Wrong { publicAreas { slug nothing } }", r"Wrong.graphql.*Cannot query field 'nothing'"),
        ("query Wrong { publicAreas { ...Part } }", "Wrong.graphql.*Unknown fragment 'Part'"),
        ("query Wrong($unused: Int) { publicAreas { slug } }", r"Wrong.graphql.*'\$unused' is never used"),
    ],
)
def test_one_that_the_schema_does_not_accept_is_named(wrong: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        operations.check({"Good": GOOD, "Wrong": wrong})


def test_a_fragment_of_another_operation_is_not_borrowed() -> None:
    lent = "query Lent { publicAreas { ...Part } } fragment Part on PublicArea { slug }"
    with pytest.raises(ValueError, match=r"Wrong.graphql.*Unknown fragment 'Part'"):
        operations.check({"Lent": lent, "Wrong": "query Wrong { publicAreas { ...Part } }"})

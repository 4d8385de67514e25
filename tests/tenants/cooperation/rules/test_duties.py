"""Legal bases on offer, and what the author is warned of."""

from __future__ import annotations

import pytest

from tenants.cooperation.rules.duties import offered_bases, warnings


@pytest.mark.parametrize(
    ("categories", "offered"),
    [
        (["maintained_school_governing_body"], ["ca2004_16h", "ca2004_16g", "ea2002_175"]),
        (["further_education_governing_body"], ["ca2004_16h", "ca2004_16g", "ea2002_175"]),
        (["academy_proprietor"], ["ca2004_16h", "ca2004_16g", "ea2002_157"]),
        (["independent_institution_proprietor"], ["ca2004_16h", "ca2004_16g", "ea2002_157"]),
        (
            ["academy_proprietor", "maintained_nursery_governing_body"],
            ["ca2004_16h", "ca2004_16g", "ea2002_175", "ea2002_157"],
        ),
        (["charity"], ["ca2004_16h", "ca2004_16g"]),
    ],
)
def test_the_bases_that_fit_the_categories_are_offered(categories: list[str], offered: list[str]) -> None:
    assert offered_bases(categories) == offered


@pytest.mark.parametrize(
    "text",
    [
        "Under section 14B of the Children Act 2004 you must …",
        "(s.14B)",
        "s14b CA2004",
        "sections 14 B",
    ],
)
def test_the_repealed_section_is_warned_of(text: str) -> None:
    (warning,) = warnings(texts=[text], legal_basis=["ca2004_16h"], categories=["charity"])
    assert "section 16H" in warning


@pytest.mark.parametrize("text", ["section 16H", "Class 14Bee", "paragraph 114B", "14 buses"])
def test_other_numbers_are_not(text: str) -> None:
    assert warnings(texts=[text], legal_basis=["ca2004_16h"], categories=["charity"]) == []


def test_a_basis_that_fits_nobody_who_is_asked_is_warned_of() -> None:
    (warning,) = warnings(texts=[], legal_basis=["ea2002_175"], categories=["academy_proprietor"])
    assert "section 175" in warning

"""What gives a file about children away, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.indicators.rules.personal import Found, Layout, in_cell, in_header, in_row, is_nhs_number, is_upn
from tenants.indicators.rules.template import EXPECTED

#: numbers made up to have a right check; 999 is the range that the NHS keeps for tests
NHS = "9990000018"
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_number(nine: int) -> str | None:
    """Nine digits with their check, or None where there is none (the check would be ten)."""
    text = f"{nine:09d}"
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(text)) % 11
    return None if check == 10 else text + str(check % 11)


def upn(body: str) -> str:
    """Twelve characters with their check letter in front."""
    values = [int(each) if each.isdigit() else LETTERS.index(each) for each in body]
    return LETTERS[sum(value * (place + 2) for place, value in enumerate(values)) % 23] + body


nine_digits = st.integers(min_value=0, max_value=999_999_999)
nhs_numbers = nine_digits.map(nhs_number).filter(lambda made: made is not None)
upns = st.one_of(
    st.from_regex(r"\A[0-9]{12}\Z").map(upn),
    st.tuples(st.from_regex(r"\A[0-9]{11}\Z"), st.sampled_from(LETTERS)).map(lambda parts: upn("".join(parts))),
)
ways = st.sampled_from(["{}", " {} ", "NHS no. {}", "'{}", "{}.0", "({})"])


@given(nhs_numbers, ways, st.sampled_from(["", " ", "-"]))
def test_every_nhs_number_is_seen_however_it_is_written(number: str, way: str, gap: str) -> None:
    written = way.format(gap.join((number[:3], number[3:6], number[6:])))
    assert in_cell(written) is Found.NHS_NUMBER


@pytest.mark.parametrize(
    "written",
    ["999  000  0018", "999\u00a0000\u00a00018", "999.000.0018", "999–000–0018", "9990 000018", "99900 00018",
     "999000-0018", "９９９０００００１８", "999\u202f000\u202f0018", "0009990000018", "'009990000018", "’9990000018",
     "0 999 000 0018", "999'000'0018", "999 - 000 - 0018", "999/000/0018", "999_000_0018", "9990\u200b000018"],
)  # fmt: skip
def test_an_nhs_number_is_seen_with_the_spaces_dashes_and_digits_of_other_programs(written: str) -> None:
    assert in_cell(written) is Found.NHS_NUMBER


@pytest.mark.parametrize("gap", [" ", "-", "\u00a0", ".", "–"])
def test_a_pupil_number_is_seen_in_groups(gap: str) -> None:
    number = upn("123456789012")
    assert in_cell(gap.join((number[0], number[1:4], number[4:8], number[8:]))) is Found.UPN


@given(upns, ways, st.booleans())
def test_every_pupil_number_is_seen(number: str, way: str, lower: bool) -> None:
    assert in_cell(way.format(number.lower() if lower else number)) in (Found.UPN, Found.NHS_NUMBER)


@given(nhs_numbers, st.integers(min_value=1, max_value=9))
def test_a_number_with_another_check_digit_is_none(number: str, more: int) -> None:
    assert not is_nhs_number(number[:9] + str((int(number[9]) + more) % 10))


@given(upns, st.sampled_from(LETTERS))
def test_a_pupil_number_with_another_letter_is_none(number: str, letter: str) -> None:
    assert is_upn(letter + number[1:]) is (letter == number[0])


@pytest.mark.parametrize(
    "heading",
    ["NHS Number", "nhs_number", "NHSNo", "UPN", "Forename", "child surname", "Child Name", "childName", "DOB",
     "Date of birth", "birth_date", "Postcode", "Home address", "Pupil ID", "Gender", "ethnicity", "Case ref",
     "Crime reference", "Age", "ULN", "Mother's phone", "D.O.B.", "N.H.S. no", "U.P.N.", "Born", "born_on", "B-day",
     "bdate", "YOB", "DOB2", "D of B"],
)  # fmt: skip
def test_a_heading_about_a_person_is_seen(heading: str) -> None:
    assert in_header(heading)


@pytest.mark.parametrize(
    "heading",
    ["indicator", "definition_version", "local_authority", "Local Authority", "period_type", "Period start", "value",
     "suppression", "quality", "recording_change", "percentage", "message"],
)  # fmt: skip
def test_the_headings_of_the_template_are_not(heading: str) -> None:
    assert not in_header(heading)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["Amelia Brackenbury", "14/03/2015"], (0, Found.NAME_AND_DATE)),
        (["2015-03-14", "O'Neill, Seán"], (1, Found.NAME_AND_DATE)),
        (["Amelia Brackenbury 14.03.15"], (0, Found.NAME_AND_DATE)),
        (["x", "Zoë Anne-Marie", "14 March 2015"], (1, Found.NAME_AND_DATE)),
        (["ZZ99 3VZ", "14-03-2015"], (0, Found.POSTCODE_AND_DATE)),
        (["zz993vz", "1", "2015/03/14"], (0, Found.POSTCODE_AND_DATE)),
        (["3", NHS], (1, Found.NHS_NUMBER)),
        (["Amelia", "Brackenbury", "14/03/2015"], (0, Found.NAME_AND_DATE)),
        (["Amelia Brackenbury", "20150314"], (0, Found.NAME_AND_DATE)),
        (["Amelia Brackenbury 14032015"], (0, Found.NAME_AND_DATE)),
        (["Amelia Brackenbury", "March 14, 2015"], (0, Found.NAME_AND_DATE)),
        (["Amelia\u00a0Brackenbury", "14‑03‑2015"], (0, Found.NAME_AND_DATE)),
        (["Amelia (Brackenbury)", "14/03/2015"], (0, Found.NAME_AND_DATE)),
    ],
)
def test_a_row_about_a_child_is_seen(cells: list[str], found: tuple[int, Found]) -> None:
    assert in_row(cells) == found


def test_the_words_of_the_template_are_no_name_however_they_are_capitalised() -> None:
    cells = ["missing_child_episodes", "", "101", "Month", "2026-09-01", "12", "", "Provisional", "No"]
    assert in_row(cells, expected=EXPECTED) is None


@pytest.mark.parametrize(
    "cells",
    [
        ["missing_child_episodes", "2026.1", "101", "month", "2026-09-01", "12", "", "provisional", "no"],
        ["police_protection_s46", "", "", "quarter", "01/07/2026", "c", "small_number", "final", "yes"],
        ["Amelia", "Brackenbury", "12"],  # no date beside it: refused as below
        ["Amelia Brackenbury", "12"],  # refused by its column, since no column holds words
        ["0001234567890", "1,204"],
        ["1234567890", "1,204"],  # ten digits without a right check
        [],
    ],
)
def test_a_row_of_figures_is_not(cells: list[str]) -> None:
    assert in_row(cells) is None


FILE = Layout(code=0, authority=1, start=3, value=4)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["amelia brackenbury", "14/03/2015"], (0, Found.NAME_AND_DATE)),
        (["missing", "amelia rose brackenbury", "month", "2015-03-14", "12"], (1, Found.NAME_AND_DATE)),
        (["12", "amelia", "brackenbury", "14 march 2015"], (1, Found.NAME_AND_DATE)),
        (["brackenbury, amelia", "'14/03/2015"], (0, Found.NAME_AND_DATE)),
        (["'amelia brackenbury", "14/03/2015"], (0, Found.NAME_AND_DATE)),
        (["amelia brackenbury", "42077"], (0, Found.NAME_AND_DATE)),  # 14 March 2015 as Excel counts days
        (["Amelia Brackenbury", "'42077"], (0, Found.NAME_AND_DATE)),
        (["Amelia", "Brackenbury", "42077.0"], (0, Found.NAME_AND_DATE)),
        (["ZZ99 3VZ", "42077"], (0, Found.POSTCODE_AND_DATE)),
        (["missing", "Amelia Brackenbury", "month", "2026-09-01", "12"], (1, Found.NAME_AND_DATE)),
        (["Amelia Brackenbury", "", "month", "14/03/2015", "12"], (0, Found.NAME_AND_DATE)),
    ],
)
def test_a_row_about_a_child_in_a_file_is_seen_in_small_letters_and_with_a_days_number(
    cells: list[str], found: tuple[int, Found]
) -> None:
    assert in_row(cells, expected=EXPECTED, layout=FILE) == found


@pytest.mark.parametrize(
    "cells",
    [
        ["Missing Episodes", "101", "month", "2026-09-01", "12"],  # an indicator's title where its code should be
        ["missing child episodes", "101", "month", "01/09/2026", "12"],
        ["Missing Episodes", "101", "month", "2026-09-01", "42077"],  # a count, not a day
        ["missing", "not known", "month", "2026-09-01", "12"],
        ["Missing Episodes", "101", "quarter", "2026-07", "12"],
        ["missing", "101", "Month", "2026-09-01", "42077", "Small Number", "Final"],
    ],
)
def test_a_row_of_figures_in_a_file_is_not(cells: list[str]) -> None:
    assert in_row(cells, expected=EXPECTED, layout=FILE) is None

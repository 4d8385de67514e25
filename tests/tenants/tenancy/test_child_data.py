"""The guard on free text: what it catches, and what it leaves alone."""

from __future__ import annotations

import pytest

from tenants.tenancy.child_data import child_data_in


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("NHS number 943 476 5919", "an NHS number"),
        ("9434765919 was seen twice", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("The pupil (H801200001001) moved in May", "a unique pupil number"),
        ("upn h801200001001", "a unique pupil number"),
        ("temporary number A82120000900B", "a unique pupil number"),
        ("L82120000900B", "a unique pupil number"),
        ("DOB 03/09/2014", "a date of birth"),
        ("d.o.b. 3.9.14", "a date of birth"),
        ("Date of birth: 3 September 2014", "a date of birth"),
        ("She was born on 3rd September 2014", "a date of birth"),
        ("born 2014-09-03", "a date of birth"),
        ("NHS no. 943\u00a0476\u00a05919", "an NHS number"),
        ("943.476.5919", "an NHS number"),
        ("943\u2011476\u20115919", "an NHS number"),
        ("9434 765 919", "an NHS number"),
        ("94347 65919", "an NHS number"),
        ("９４３４７６５９１９", "an NHS number"),
        ("NHS number mistyped: NHS no 9434765918", "an NHS number"),
        ("UPN: H801-200001001", "a unique pupil number"),
        ("upn H 801 200 001 001", "a unique pupil number"),
        ("UPN number 801200001001", "a unique pupil number"),
        ("dob=03092014", "a date of birth"),
        ("dob 030914", "a date of birth"),
        ("DOB was 2014-09-03", "a date of birth"),
        ("dob: 03 / 09 / 2014", "a date of birth"),
        ("date-of-birth 03/09/2014", "a date of birth"),
        ("03/09/2014 is his date of birth", "a date of birth"),
        ("03/09/2014 (dob)", "a date of birth"),
        ("the birthday is 3rd September", "a date of birth"),
        ("was born on the 3rd of September 2014", "a date of birth"),
        ("born September 3, 2014", "a date of birth"),
        ("was born in September 2014", "a date of birth"),
        ("Invented Name b. 03/09/2014", "a date of birth"),
        ("https://files.example.org/943-476-5919.pdf", "an NHS number"),
        ("https://files.example.org/minutes.pdf 9434765919", "an NHS number"),
        ("Invented Name, aged 7", "a child's name and age"),
    ],
)
def test_what_looks_like_a_child_is_named(text: str, held: str | None) -> None:
    assert child_data_in(text) == held


@pytest.mark.parametrize(
    "text",
    [
        "Our policy was reviewed on 14/09/2026 by the full governing body.",
        "Call the office on 020 7946 0018 or 02079460018.",
        "+44 7700 900123",
        "Ten digits whose check digit is wrong: 943 476 5918",
        "URN 100000, UKPRN 10012345, invoice 2026000124",
        "1111111111",
        "We were born of a merger in 2019.",
        "The partnership was born on 29 September 2019.",
        "Children born on 1 September 2014 or later are 42% of the cohort.",
        "12 children aged 5 to 11 in 2026, audited on 03/09/2026",
        "Invoice 9434765919 was paid; purchase order 9434765919; PO number: 9434765919",
        "tel. 9434765919, or +44 943 476 5919",
        "UPRN 9434765919 and UPRN 100023336956",
        "Sort code 12-34-56, account 12345678",
        "Newborn visits: 1 April 2026; the stillborn review of 12/03/2026",
        "Ada Okafor, Director (03/09/2026), Sam Hill (01/04/2019 to 31/03/2023)",
        "SW1A 1AA, 03/09/2026",
        "https://www.meadow.example.org/policies/child-protection-2026.pdf",
        "https://files.example.org/documents/9434765919/minutes.pdf",
        "See https://files.example.org/a9434765919b-4d1c, agreed on 3 September.",
        "",
    ],
)
def test_ordinary_text_passes(text: str) -> None:
    assert child_data_in(text) is None

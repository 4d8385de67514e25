"""What the areas ask of schools and of other agencies, and what those answer."""

from __future__ import annotations

from datetime import date

from backend.demo.schools import School
from tenants.cooperation.rules.answers import Answer
from tenants.cooperation.rules.duties import Question
from tenants.cooperation.service.duty_text import DutyText

SCHOOL_CATEGORIES = (
    "academy_proprietor", "maintained_school_governing_body", "maintained_nursery_governing_body",
    "pupil_referral_unit_committee", "independent_institution_proprietor", "non_maintained_special_proprietor",
    "further_education_governing_body",
)  # fmt: skip
AGENCY_CATEGORIES = ("nhs_trust", "nhs_foundation_trust", "charity", "youth_offending_team", "fostering_agency")

_ASKED = (
    Question(key="follows", kind="yes_no", text="Do your governing body, senior leaders and designated safeguarding "
             "lead know and follow the local arrangements?"),
    Question(key="policy_reviewed", kind="date", text="When was your child protection policy last reviewed?"),
    Question(key="policy", kind="link", text="Where is the policy published?"),
    Question(key="lead", kind="named_person", text="Who is your designated safeguarding lead?"),
    Question(key="deputy", kind="named_person", text="Who deputises?", required=False),
    Question(key="trained", kind="date", text="When did the lead last train? It is asked for every two years."),
    Question(key="governor", kind="named_person", text="Which governor or trustee leads on safeguarding?"),
    Question(key="part_one", kind="yes_no", text="Have all staff read part one of the guidance this year?"),
    Question(key="need", kind="text", text="What would help you most from the partnership?", required=False),
)  # fmt: skip
_NEW = Question(
    key="filtering", kind="yes_no", text="Have you reviewed filtering and monitoring in the past year?",
    help="Keeping children safe in education, part two.",
)  # fmt: skip
_WHAT_WOULD_HELP = (
    "Training on online safety for midday supervisors.",
    "A quicker answer from the front door on Fridays.",
    "Examples of good return forms from schools of our size.",
    "Someone to talk to about attendance before it becomes a referral.",
)


def yearly_return(*, opens_on: date, due_on: date, second: bool) -> DutyText:
    """Return the text of the yearly return; the second year asks one thing more."""
    return DutyText(
        title="Yearly safeguarding return",
        body=(
            "Tell us how your school keeps children safe. We reply to every return, and last year’s answers are filled "
            "in for you to check.\n\nDo not put any child’s details in your answers."
        ),
        legal_basis=("ca2004_16h", "ca2004_16g", "ea2002_175", "ea2002_157"),
        cycle="each_academic_year",
        categories=SCHOOL_CATEGORIES,
        questions=(*_ASKED, _NEW) if second else _ASKED,
        opens_on=opens_on,
        due_on=due_on,
    )


def confirmation(*, opens_on: date, due_on: date) -> DutyText:
    """Return the text of what other agencies are asked with each new version of the arrangements."""
    return DutyText(
        title="Confirm the new arrangements",
        body="Read the new version of our arrangements, tell your staff, and name who leads on safeguarding for you.",
        legal_basis=("ca2004_16g", "ca2004_16h"),
        cycle="each_new_version",
        categories=AGENCY_CATEGORIES,
        questions=(
            Question(key="read", kind="yes_no", text="Have those who lead on safeguarding read the new version?"),
            Question(key="lead", kind="named_person", text="Who leads on safeguarding in your organisation?"),
            Question(key="told", kind="text", text="How did you tell your staff?", required=False),
        ),
        opens_on=opens_on,
        due_on=due_on,
    )


CONFIRMED = {
    "read": Answer(value="yes"),
    "lead": Answer(value="Ottoline Marsh", post="Named nurse"),
    "told": Answer(value="In the weekly briefing and at two team meetings."),
}


def answers_of(school: School, *, lead: str, began: date, second: bool) -> dict[str, Answer]:
    """Return what a school answers in the academic year that began on a day."""
    number = school.number
    given = {
        "follows": Answer(value="yes"),
        "policy_reviewed": Answer(value=began.replace(day=1 + number % 14).isoformat()),
        "policy": Answer(value=f"https://school-{school.urn}.example.org/safeguarding"),
        "lead": Answer(value=lead, post="Designated safeguarding lead"),
        "trained": Answer(value=date(began.year - number % 2, 1 + number % 6, 1 + number % 28).isoformat()),
        "governor": Answer(value=("Ivo Trelawn", "Sunniva Oake", "Bram Holloway")[number % 3]),
        "part_one": Answer(value="no" if number % 17 == 0 else "yes"),
    }
    if number % 3 == 0:
        given["need"] = Answer(value=_WHAT_WOULD_HELP[number // 3 % len(_WHAT_WOULD_HELP)])
    return given | ({"filtering": Answer(value="yes" if number % 5 else "no")} if second else {})

"""What each capability reports of an area to officials: from the area's own records, with how we know."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from infra.clock import today
from tenants.resourcing.rules import year_label, year_of
from tests.graphql.intervention.sending import ask
from tests.support.cluster import Cluster
from tests.support.cooperation import ask as ask_all
from tests.support.cooperation import asked_school, chosen_school, send
from tests.support.membership import complete, make_partnership
from tests.support.resourcing import open_budget
from tests.support.world import AreaMade, make_area, official


async def report(area: AreaMade) -> dict[str, Any]:
    return dict((await ask("NationalArea", official(), slug=area.slug))["nationalArea"]["line"])


async def test_an_area_with_no_one_entered_is_told_apart_from_one_that_is_complete(database: Cluster) -> None:
    empty = (await report(await make_area()))["membership"]
    assert empty["standing"] == "attention"
    sources = {reason["sentence"]: reason["source"] for reason in empty["reasons"]}
    assert "section 16G" in sources["No independent scrutineer is in term."]
    made = await make_partnership()
    await complete(made)
    assert (await report(made.area))["membership"] == {"standing": "met", "words": "Complete", "reasons": []}


async def test_what_no_one_reported_is_said_to_be_not_reported(database: Cluster) -> None:
    line = await report(await make_area())
    for fact in ("budget", "cooperation"):
        assert line[fact] == {"standing": "not_reported", "words": "Not yet reported", "reasons": []}


async def test_a_budget_that_is_not_agreed_says_by_whom_it_should_be(database: Cluster) -> None:
    made = await make_partnership()
    year = year_of(today())
    await open_budget(made, year=year)
    fact = (await report(made.area))["budget"]
    assert (fact["standing"], fact["words"]) == ("attention", f"Not agreed {year_label(year)}")
    assert "every lead safeguarding partner" in fact["reasons"][0]["sentence"]


async def test_the_cooperation_rate_counts_answers_and_never_names_a_school(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area, name="Silent Primary School")
    await send(await asked_school(area, opens_on=today() - timedelta(days=20), due_on=today() + timedelta(days=20)))
    fact = (await report(area))["cooperation"]
    assert fact["words"] == "50% answered in the last year"
    assert "1 of 2 answers" in fact["reasons"][0]["sentence"]
    assert "School" not in str(fact)


async def test_late_answers_need_attention(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    await ask_all(area, opens_on=date(today().year - 1, 12, 1), due_on=today() - timedelta(days=1))
    fact = (await report(area))["cooperation"]
    assert (fact["standing"], fact["words"]) == ("attention", "0% answered in the last year, 1 late")

"""The plan of the whole nation: how big it is, and that nothing in it is anybody's real name."""

from __future__ import annotations

import re
from collections import Counter

from backend import demo
from backend.demo.people import people
from backend.demo.plan import AGENCIES, EVERY_AREA, FORCES, ICBS, Mood, Scale
from backend.demo.schools import schools, trusts
from tenants.tenancy.roles import Role
from tests.backend.demo.real_names import real_words

WHOLE = Scale()


def test_it_is_as_large_as_a_country_in_small() -> None:
    assert len(EVERY_AREA) == 12
    assert max(len(area.councils) for area in EVERY_AREA) == 3
    assert max(Counter(area.icb for area in EVERY_AREA).values()) == 4
    assert max(Counter(area.force for area in EVERY_AREA).values()) == 5
    assert len(schools(WHOLE)) == 1_800
    assert len(trusts(WHOLE)) == 60


def test_each_area_is_in_a_state_of_its_own() -> None:
    assert {area.mood for area in EVERY_AREA} == set(Mood)


def test_one_trust_has_schools_in_exactly_three_areas() -> None:
    areas = {(school.trust, school.area) for school in schools(WHOLE) if school.trust is not None}
    assert Counter(Counter(trust for trust, _ in areas).values()) == {1: 59, 3: 1}


def test_no_two_schools_or_trusts_or_people_share_a_name() -> None:
    for names in (
        [school.name for school in schools(WHOLE)],
        [trust.name for trust in trusts(WHOLE)],
        [person.name for person in people(WHOLE)],
        [person.email for person in people(WHOLE)],
        [person.subject for person in people(WHOLE)],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_invented_name_is_a_real_one() -> None:
    bodies = [council.name for area in EVERY_AREA for council in area.councils]
    bodies += [area.name for area in EVERY_AREA] + [name for name, _ in ICBS.values()] + list(FORCES.values())
    bodies += [agency.name for agency in AGENCIES] + [trust.name for trust in trusts(WHOLE)]
    real = real_words()
    assert [name for name in bodies if real & set(re.findall(r"[a-z]+", name.lower()))] == []


def test_codes_are_ones_that_the_department_has_not_given() -> None:
    assert all(950 <= int(council.code) <= 999 for area in EVERY_AREA for council in area.councils)
    assert all(code.startswith("QZ") for _, code in ICBS.values())


def test_there_is_somebody_for_every_role() -> None:
    assert {grant.role for person in people(WHOLE) for grant in person.grants} == set(Role)


def test_the_provider_knows_everybody_at_one_sign_in_page() -> None:
    known = demo.identity_people()
    assert len(known) == len(people(WHOLE))
    assert {tuple(one["issuers"]) for one in known} == {(path,) for path in demo.ISSUERS}
    assert all(one["description"] and one["group"] for one in known)


def test_the_introductions_say_where_each_signs_in() -> None:
    said = demo.introductions()
    assert len(said) >= 12
    assert all(role.endswith((" (Schools sign-in)", " (Health and police sign-in)")) for _, role in said)


def test_the_web_may_send_people_back_to_itself_only() -> None:
    web, *machines = demo.identity_clients(base_url="http://127.0.0.1:8000", client_secret="s")
    assert web["redirect_uris"] == [f"http://127.0.0.1:8000/sign-in/{path}/callback" for path in demo.ISSUERS]
    assert not any("redirect_uris" in machine for machine in machines)

"""`concordat user` and `concordat provider`: the first administrator of a fresh installation, and what follows."""

from pathlib import Path
from uuid import uuid4

import pytest

from infra.database import sql
from tenants.audit import queries as trail
from tenants.audit.service import PLATFORM
from tenants.tenancy.people import queries
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.backend.cli.runner import Say, on_cluster
from tests.support.cluster import Cluster
from tests.support.organisations import make_school
from tests.support.product import session_token
from tests.support.world import make_actor, make_area


@pytest.fixture
def say(database: Cluster, tmp_path: Path) -> Say:
    return on_cluster(database, data_dir=tmp_path)


def create(say: Say, *, email: str, issuer: str, code: int = 0) -> str:
    who = ("--email", email, "--name", "Ada First", "--role", "platform_administrator")
    done = say("user", "create", *who, "--issuer", issuer, "--subject", email, code=code)
    return done.stdout + done.stderr


async def roles_of(email: str) -> list[str]:
    async with system_scope("test", powers=["platform"]):
        person = await queries.person_by_email(email=email)
        assert person is not None
        return [one.role for one in await queries.every_assignment_of(person_ids=[person.id])]


async def test_the_first_administrator_is_made_and_told_what_is_missing(say: Say) -> None:
    unique = uuid4().hex[:8]
    email, issuer = f"{unique}@example.org", f"https://{unique}.example"
    said = create(say, email=email, issuer=issuer)
    assert f"concordat provider add WEB-NAME --name 'What people see' --issuer {issuer}" in said
    assert await roles_of(email) == ["platform_administrator"]
    assert create(say, email=email, issuer=issuer, code=1) == "Someone already has this email address.\n"

    add = ("provider", "add", f"p{unique}", "--name", "Our people", "--issuer", issuer, "--client-id", "us")
    assert f"/sign-in/p{unique}/callback" in say(*add, "--secret-file", "-", input="hunter2\n").stdout
    listed = next(line for line in say("provider", "list").stdout.splitlines() if unique in line)
    assert "stored" in listed
    assert "hunter2" not in listed
    assert "can sign in at Our people" in create(say, email=f"second.{email}", issuer=issuer)


async def test_roles_are_given_in_an_area_and_for_an_organisation(say: Say) -> None:
    area, unique = await make_area(), uuid4().hex[:8]
    email = f"{unique}@example.org"
    create(say, email=email, issuer=f"https://{unique}.example")
    say("user", "grant", email, "business_manager", "--area", area.slug)
    school = await make_school(area)
    async with system_scope("test", powers=["register"]):
        urn = await sql.fetch_value("select urn from organisation where id = $1", school)
    say("user", "grant", email, "establishment_contact", "--organisation", str(urn))
    held = sorted(await roles_of(email))
    assert held == ["business_manager", "establishment_contact", "platform_administrator"]
    line = next(line for line in say("user", "list", unique).stdout.splitlines() if email in line)
    assert f"Business manager in {area.slug}" in line


async def test_a_role_without_its_place_is_refused_and_nobody_is_made(say: Say) -> None:
    unique = uuid4().hex[:8]
    who = ("--email", f"{unique}@example.org", "--name", "Bo", "--role", "viewer")
    refused = say("user", "create", *who, "--issuer", "https://x.example", "--subject", unique, code=1)
    assert refused.stderr == "Choose the area in which this role is held.\n"
    assert "Nobody." in say("user", "list", unique).stdout


async def test_disabling_signs_out_and_says_why(say: Say) -> None:
    someone = await make_actor(Role.OFFICIAL, name="Dee Parted")
    await session_token(someone)
    async with system_scope("test", powers=["platform"]):
        person = await queries.person(person_id=someone.id)  # type: ignore[arg-type]
    assert person is not None
    say("user", "disable", person.email, "--reason", "Left", "--yes")
    async with system_scope("test", powers=["platform"]):
        ended = await sql.fetch_value("select revoked_reason from session where person_id = $1", person.id)
    assert ended == "account disabled"
    assert "Nobody has the email address" in say("user", "disable", "x@y.zz", "--reason", "A", "--yes", code=1).stderr


async def test_an_invitation_from_the_command_line_needs_no_inviter(say: Say) -> None:
    email = f"{uuid4().hex[:8]}@example.org"
    said = say("user", "invite", "--email", email, "--name", "Ivy New", "--role", "platform_administrator")
    assert "leaves as soon as a worker is running" in said.stdout
    async with system_scope("test", powers=["platform"]):
        rows = await sql.fetch("select invited_by, role from invitation where email = $1", email)
    assert [tuple(row) for row in rows] == [(None, "platform_administrator")]


async def test_a_name_and_an_address_are_corrected_and_the_trail_repeats_neither(say: Say) -> None:
    email, right = f"{uuid4().hex}@example.org", f"{uuid4().hex}@example.org"
    create(say, email=email, issuer="https://id.test")
    create(say, email=f"other.{email}", issuer="https://id.test")
    taken = say("user", "correct", email, "--to", f"other.{email}", "--reason", "They moved.", code=1)
    assert "already has this email address" in taken.stdout + taken.stderr
    nothing = say("user", "correct", email, "--reason", "They moved.", code=1)
    assert "Enter the right name" in nothing.stdout + nothing.stderr
    say("user", "correct", email, "--name", "Ada Second", "--to", right.upper(), "--reason", "They married.")
    async with system_scope("test", powers=["platform"]):
        found = await queries.person_by_email(email=right)
        assert found is not None
        assert (found.name, await queries.person_by_email(email=email)) == ("Ada Second", None)
        (entry,) = await trail.entries(
            area_id=PLATFORM, where=trail.Filter(action="person.correct", subject_id=str(found.id))
        )
    assert (entry.reason, entry.before, entry.after) == ("They married.", None, {"corrected": ["name", "email"]})

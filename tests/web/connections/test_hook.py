"""The page of what a linked system tells us: its secret is shown once, what arrived in words, page by page."""

from __future__ import annotations

from litestar import Litestar

from concordat_graphql.ids import encode
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.connections import make_connection
from tests.support.hooks import Told, arrived, tell, told
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area


def page_of(hook: Told) -> str:
    return f"/area/{hook.area.slug}/connections/{encode('AgencyConnection', hook.connection)}/hook"


async def test_a_manager_makes_a_secret_copies_it_and_never_sees_it_again(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    connection = encode("AgencyConnection", await make_connection(area))
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        one = await browser.get(f"/area/{area.slug}/connections/{connection}")
        page = await browser.get(one.links()["What the system tells us by itself"])
        assert "No secret is set, so nothing is taken" in page.text
        made = await browser.submit(page, "Make a secret", {}, status=200)
        secret = made.soup.find(id="secret")
        assert secret is not None
        assert secret.text.startswith("whsec_")
        assert "/hooks/" in made.text
        again = await browser.submit(page, "Make a secret", {}, status=200)
        assert secret.text not in again.response.text
        assert "was shown when it was made" in again.text
        after = await browser.get(again.links()["Back to what the system tells us"])
        assert secret.text not in after.response.text
        [row] = after.table("Secrets that are good now")
        assert (row[0], row[2]) == ("Made here", "A new one takes its place")


async def test_the_secret_that_the_system_gave_is_sealed_and_a_wrong_one_not_sent_back(
    app: Litestar, database: Cluster
) -> None:
    hook = await told()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=hook.area)) as browser:
        page = await browser.get(page_of(hook))
        wrong = await browser.submit(page, "Make a new secret", {"secret": "hunter2"}, status=422)
        assert wrong.errors == ["The secret must be whsec_ and base64 of 24 to 64 bytes. Copy it again."]
        assert "hunter2" not in wrong.response.text
        theirs = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        done = await browser.submit(page, "Make a new secret", {"secret": theirs}, status=200)
        assert theirs not in done.response.text
        assert "good for another 24 hours" in done.text


async def test_a_secret_is_ended_after_a_question(app: Litestar, database: Cluster) -> None:
    hook = await told()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=hook.area)) as browser:
        page = await browser.get(page_of(hook))
        [end] = [href for words, href in page.links().items() if words.startswith("End")]
        question = await browser.get(end)
        assert "nothing that the system tells us is taken" in question.text
        after = await browser.follow(await browser.submit(question, "End the secret", {}))
        assert "No secret is set" in after.text
    assert (await tell(app, hook)).status_code == 401


async def test_a_viewer_reads_what_arrived_page_by_page_and_changes_nothing(app: Litestar, database: Cluster) -> None:
    hook = await told()
    await tell(app, hook, webhook_signature="v1,AAAA")
    for number in range(21):
        await tell(app, hook, message_id=f"msg_{number}")
    assert len(await arrived(hook)) == 22
    async with await signed_in(app, await make_actor(Role.VIEWER, area=hook.area)) as browser:
        page = await browser.get(page_of(hook))
        rows = page.table("What arrived, newest first")
        assert len(rows) == 20
        assert "roster.changed" in rows[0][2]
        older = await browser.get(page.links()["Next page"])
        assert "Its signature is not by a secret that is good here." in older.table("What arrived, newest first")[-1][1]
        assert "Make a" not in page.text
        assert not [words for words in page.links() if words.startswith("End")]

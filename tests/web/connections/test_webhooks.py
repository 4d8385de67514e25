"""The pages of the systems that are told what happens: added, begun, tested, sent again, stopped."""

from __future__ import annotations

from litestar import Litestar

from concordat_graphql.ids import encode
from tenants.connections.endpoints.rules import message_id
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.product import signed_in
from tests.support.webhooks import Listening, deliveries_of, endpoint_of, listening, messages_of
from tests.support.world import make_actor, make_area
from tests.web.page_client import token_of

MESSAGES = "Messages, newest first"


def page_of(listener: Listening) -> str:
    return f"/area/{listener.area.slug}/webhooks/{encode('WebhookEndpoint', listener.id)}"


async def test_a_system_is_added_begun_with_its_secret_and_sent_a_test(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        connections = await browser.get(f"/area/{area.slug}/connections")
        empty = await browser.get(connections.links()["Your own systems that are told what happens"])
        form = await browser.get(empty.links()["Add a system"])
        wrong = await browser.submit(form, "Add the system", {"url": "office", "description": "Office"}, status=422)
        assert wrong.errors == ["Enter an address that starts with https://."]
        done = await browser.submit(wrong, "Add the system", {"url": "http://127.0.0.1:9/in"})
        one = await browser.follow(done)
        assert "Make its secret first: then it begins." in one.text
        made = await browser.submit(one, "Make its secret", {}, status=200)
        secret = made.soup.find(id="secret")
        assert secret is not None
        assert secret.text.startswith("whsec_")
        begun = await browser.get(made.links()["Back to the system and its messages"])
        assert secret.text not in begun.response.text
        tested = await browser.follow(await browser.submit(begun, "Send a test", {}))
        [row] = tested.table(MESSAGES)
        assert "A test" in row[1]
        assert row[3] == "None yet"


async def test_it_is_changed_paused_resumed_and_retired(app: Litestar, database: Cluster) -> None:
    listener = await listening()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=listener.area)) as browser:
        page = await browser.get(page_of(listener))
        form = await browser.get(page.links()["Change the settings"])
        saved = await browser.follow(await browser.submit(form, "Save", {"description": "New office"}))
        assert saved.h1.endswith("New office")
        question = await browser.get(saved.links()["pause"])
        assert (await browser.submit(question, "Pause the system", {}, status=422)).errors == ["Enter a reason"]
        paused = await browser.follow(await browser.submit(question, "Pause the system", {"reason": "It moves."}))
        assert "It moves." in paused.text
        resumed = await browser.follow(await browser.submit(paused, "Resume", {}))
        ending = await browser.get(resumed.links()["retire the system"])
        ended = await browser.follow(await browser.submit(ending, "Retire the system", {"reason": "It is gone."}))
        assert "Make a new secret" not in ended.text
    assert (await endpoint_of(listener)).state == "retired"


async def test_a_message_is_sent_again_and_the_older_ones_are_on_the_next_page(
    app: Litestar, database: Cluster
) -> None:
    listener = await listening()
    oldest = message_id((await messages_of(listener, 22))[-1])
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=listener.area)) as browser:
        page = await browser.get(page_of(listener))
        assert len(page.table(MESSAGES)) == 20
        older = await browser.get(page.links()["Next page"])
        assert len(older.table(MESSAGES)) == 2
        again = await browser.follow(await browser.submit(older, f"Send again{oldest}", {}))
        assert "on its way again" in again.banner
    assert len(await deliveries_of(listener)) == 22


async def test_a_viewer_reads_and_changes_nothing(app: Litestar, database: Cluster) -> None:
    listener = await listening()
    await messages_of(listener, 1)
    async with await signed_in(app, await make_actor(Role.VIEWER, area=listener.area)) as browser:
        listed = await browser.get(f"/area/{listener.area.slug}/webhooks")
        [row] = listed.table("Systems")
        assert row[0] == "Office system"
        page = await browser.get(listed.links()["Office system"])
        assert len(page.table(MESSAGES)) == 1
        assert "Send" not in page.text.replace("Send it", "")
        assert "Make" not in page.text


async def test_the_earlier_secret_is_ended_by_those_who_keep_the_system_once_or_twice(
    app: Litestar, database: Cluster
) -> None:
    listener = await listening()
    elsewhere = await make_actor(Role.BUSINESS_MANAGER, area=await make_area())
    async with (
        await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=listener.area)) as browser,
        await signed_in(app, await make_actor(Role.VIEWER, area=listener.area)) as viewer,
        await signed_in(app, elsewhere) as stranger,
    ):
        page = await browser.get(page_of(listener))
        assert "end the earlier secret" not in page.links()
        await browser.submit(page, "Make a new secret", {}, status=200)
        page = await browser.get(page_of(listener))
        assert "2 secrets" in page.text
        for other, status in ((viewer, 422), (stranger, 404)):
            shown = await other.get("/account")
            await other.post(f"{page_of(listener)}/end-secrets", token_of(shown), status=status)
        assert (await endpoint_of(listener)).secrets == 2
        question = await browser.get(page.links()["end the earlier secret"])
        assert "it will refuse every message" in question.text
        assert (await endpoint_of(listener)).secrets == 2, "it is asked first"
        ended = await browser.follow(await browser.submit(question, "End the earlier secret", {}))
        assert ended.banner == "The earlier secrets have ended."
        assert "1 secret," in ended.text
        assert "end the earlier secret" not in ended.links()
        await browser.follow(await browser.submit(question, "End the earlier secret", {}))
    assert (await endpoint_of(listener)).secrets == 1


async def test_a_system_is_resumed_by_those_who_keep_it_and_not_over_another_change(
    app: Litestar, database: Cluster
) -> None:
    listener = await listening()
    async with (
        await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=listener.area)) as browser,
        await signed_in(app, await make_actor(Role.VIEWER, area=listener.area)) as viewer,
    ):
        question = await browser.get(f"{page_of(listener)}/pause")
        paused = await browser.follow(await browser.submit(question, "Pause the system", {"reason": "It moves."}))
        said = {**token_of(await viewer.get("/account")), "version": "2"}
        await viewer.post(f"{page_of(listener)}/resume", said, status=422)
        form = await browser.get(f"{page_of(listener)}/change")
        await browser.submit(form, "Save", {"description": "New office"})
        stale = await browser.submit(paused, "Resume", {}, status=422)
        assert "changed" in " ".join(stale.errors)
        assert (await endpoint_of(listener)).state == "paused"
        await browser.follow(await browser.submit(await browser.get(page_of(listener)), "Resume", {}))
    assert (await endpoint_of(listener)).state == "active"

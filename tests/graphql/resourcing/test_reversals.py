"""Reversing a receipt over GraphQL. Who may not is shown in `test_mutations`."""

from __future__ import annotations

from tests.graphql.intervention.sending import area_id, ask, send
from tests.graphql.resourcing.test_mutations import budget_of
from tests.support.cluster import Cluster
from tests.support.membership import make_partnership


async def test_a_receipt_made_by_mistake_is_reversed_once_however_often_it_is_sent(database: Cluster) -> None:
    made = await make_partnership()
    values, area = await budget_of(made), area_id(made.area)
    given = values["AgreeContribution"]
    for lead in made.lead_actors.values():
        answer = await send("AgreeContribution", lead, areaId=area, **given)
    for name, said in (("InvoiceContribution", {}), ("ReceiveContribution", {"amountPence": 4_000_00})):
        changed = {**values[name], **said, "version": answer["version"]}
        answer = await send(name, made.manager, areaId=area, **changed)
    where = {"areaId": area, "id": given["contributionId"]}
    [receipt] = (await ask("OneContribution", made.manager, **where))["contribution"]["receipts"]
    said = {"receiptId": receipt["id"], "version": answer["version"], "reason": "Another area's payment."}
    for _ in range(2):
        answer = await send("ReverseReceipt", made.manager, key="one-key-only", areaId=area, **said)
        assert (answer["state"], answer["received"]["text"]) == ("invoiced", "£0")
    rows = (await ask("OneContribution", made.manager, **where))["contribution"]["receipts"]
    assert [(row["amount"]["text"], row["reversed"], row["reverses"]) for row in rows] == [
        ("£4,000", True, None),
        ("−£4,000", False, receipt["id"]),
    ]

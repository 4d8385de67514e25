"""Connections: each area's links to agencies' systems, and what came of them. National ones have no area.

What arrives is a fact (applied, listed in `changes`) or a proposal (a person, a role, a contact: it waits until someone
of the area accepts or refuses it). A person's own entry is never overwritten, only proposed against. Nothing here is
about a child. Duty behind it: Children Act 2004 s.16H and Working Together chapter 2 (who is to be reached, and how).

For people, by GraphQL: `service` (verbs) and `queries`. For the engine and the connectors, inside a scope of a worker
with the power `agencies` and the one area of the connection (no area for a national one):

    begun = await runs.begin(run_id=run_id)                  None: it has ended, or the connection is paused
    await runs.hold(run_id=run_id, fence=begun.fence)       first in a page's transaction; raises `Overtaken`
    seen = await records.known(connection_id=…, kind="staff", external_ids=[…])
    await changes.note(by=by, link_id=…, run_id=…, rows=[Applied(…)])
    counts = await proposals.propose(by=by, connection_id=…, run_id=…, area_id=…, rows=[Proposed(…)])
    await records.remember(connection_id=…, kind="staff", rows=[Seen(…)])
    await runs.checkpoint(run_id=…, fence=…, cursor=…, counts=counts)       last in the same transaction
    await runs.finish(run_id=…, fence=…, watermark=…)      or `fail`, or `reauthorise`

`credentials.opened` gives the secrets, `tokens` the access token that twenty workers refresh once.
"""

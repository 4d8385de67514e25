"""Whether a chain is whole, cheaply: in full once a day, and in between only the entries since the last look.

What is remembered is where a chain that was whole ended, by number and hash. A later look holds that entry against it,
and recomputes every link after it. What was changed further back is found by the next look in full: each day's first,
one that is asked for, and `concordat audit verify`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from infra.clock import now
from infra.database import sql
from tenants.audit import queries
from tenants.audit.queries import BrokenLink

FULL_EVERY = timedelta(days=1)
MOST = 1_000  #: chains are remembered, the platform's and each area's


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a look at a chain found: the first broken link, or None; and up to where it was looked at in full, when."""

    broken: BrokenLink | None
    seq: int
    hash: str
    in_full_at: datetime


@dataclass(slots=True)
class Looks:
    """The last look at each chain that was found whole. One for each process."""

    kept: dict[int, Look] = field(default_factory=dict)

    async def look(self, *, area_id: int, in_full: bool = False) -> Look:
        """Return how the chain stands now. In a scope that reads the area."""
        before = self.kept.get(area_id)
        if in_full or before is None or now() - before.in_full_at >= FULL_EVERY:
            return self._keep(area_id, await _in_full(area_id))
        broken = await _since(area_id, before)
        if broken is not None:  # say of the whole chain what is wrong first, or that a rewritten one is consistent
            self.kept.pop(area_id, None)
            return Look(broken=await queries.first_broken_link(area_id=area_id) or broken, seq=before.seq,
                        hash=before.hash, in_full_at=before.in_full_at)  # fmt: skip
        return before

    def _keep(self, area_id: int, look: Look) -> Look:
        if look.broken is None and (area_id in self.kept or len(self.kept) < MOST):
            self.kept[area_id] = look
        else:
            self.kept.pop(area_id, None)
        return look


async def _in_full(area_id: int) -> Look:
    end = await sql.fetch_one(
        "select seq, encode(hash, 'hex') as hash from audit.event where area_id = $1 order by seq desc limit 1", area_id
    )
    broken = await queries.first_broken_link(area_id=area_id)
    return Look(broken=broken, seq=end["seq"] if end else 0, hash=end["hash"] if end else "", in_full_at=now())


_SINCE = """
with links as (
    select e, e.seq, e.hash, e.prev_hash, lag(e.hash) over (order by e.seq) as expected,
        lag(e.seq) over (order by e.seq) as previous
    from audit.event e where e.area_id = $1 and e.seq >= $2
)
select seq, case when seq = $2 and encode(hash, 'hex') <> $3 then 'it is not the entry that was here before'
                 when seq > $2 and previous + 1 <> seq then 'gap'
                 when seq > $2 and expected <> prev_hash then 'broken link' else 'content changed' end as why
from links
where (seq = $2 and encode(hash, 'hex') <> $3) or (seq > $2 and (previous + 1 <> seq or expected <> prev_hash))
    or hash <> sha256(audit.canon(e))
order by seq limit 1
"""
_END = """
select h.seq, 'head disagrees (tail cut?)' as why
from audit.head_of($1) h
left join lateral (
    select e.seq, e.hash from audit.event e where e.area_id = $1 order by e.seq desc limit 1
) last on true
where h.seq <> coalesce(last.seq, 0) or h.hash <> coalesce(last.hash, '\\x00')
"""


async def _since(area_id: int, before: Look) -> BrokenLink | None:
    if before.seq == 0:
        return await queries.first_broken_link(area_id=area_id)
    if await queries.last_seq(area_id=area_id) < before.seq:
        return BrokenLink(area_id=area_id, seq=before.seq, why="entries are gone from its end")
    row = await sql.fetch_one(_SINCE, area_id, before.seq, before.hash) or await sql.fetch_one(_END, area_id)
    return None if row is None else BrokenLink(area_id=area_id, seq=row["seq"], why=row["why"])

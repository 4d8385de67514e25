"""Knowing the lines of a register file again that an earlier import has taken, so that they need not be read.

What a line comes to depends on nothing but its bytes and the form of its file (columns, encoding, our rules). So a line
whose digest is kept, and whose organisation still has the content that the line came to, would be found unchanged.
"""

from __future__ import annotations

from uuid import UUID

from infra.database import sql
from tenants.organisations.imports.keyed import Keyed
from tenants.organisations.imports.placing import SET_BASED

DIGEST_BYTES = 32

# Two values instead of fifty thousand rows.
_KNOWN = """
select array_agg(l.number) as numbers, string_agg(l.digest, '') as digests
from register_line l join organisation o on o.KEY = l.number and o.content_hash = l.content_hash
where l.kind = $1 and l.form = $2
"""

_REMEMBER = """
insert into register_line (kind, number, form, digest, content_hash, import_id)
select $1, KEY, $2, line_digest, content_hash, $3 from incoming_entry where line_digest is not null
on conflict (kind, number) do update set form = excluded.form, digest = excluded.digest,
    content_hash = excluded.content_hash, import_id = excluded.import_id
"""


async def known_lines(*, by: Keyed, form: bytes) -> dict[bytes, int]:
    """Return the digests of the lines that say what the register has already, each with its URN or UID."""
    await sql.execute(SET_BASED)
    row = await sql.fetch_one(by.sql(_KNOWN), by.file, form)
    if row is None or row["numbers"] is None:
        return {}
    digests = row["digests"]
    parts = (digests[start : start + DIGEST_BYTES] for start in range(0, len(digests), DIGEST_BYTES))
    return dict(zip(parts, row["numbers"], strict=True))


async def remember_lines(*, by: Keyed, form: bytes, run_id: UUID) -> None:
    """Keep the digests of the incoming entries' lines, before those that change nothing are taken out."""
    await sql.execute(by.sql(_REMEMBER), by.file, form, run_id)

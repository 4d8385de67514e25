"""Writes and checks anchors of the audit chains for `concordat audit`."""

from pathlib import Path

from backend.cli.errors import CommandError
from backend.cli.operator import area_id_of, in_scope
from infra.clock import LONDON
from infra.settings import load_settings
from tenants.audit import anchoring, queries
from tenants.audit.rules import Anchor, Head, NotAnAnchor, public_key_of, read
from tenants.audit.service import PLATFORM

NAME_OF_PLATFORM = "platform"


async def write(folder: Path | None) -> tuple[Path, str]:
    """Write an anchor of all chains as they are; return the file and the public key."""
    seed = load_settings().anchor_seed
    if seed is None:
        raise CommandError("CONCORDAT_ANCHOR_KEY is not set. Example: the output of: openssl rand -hex 32")
    where = folder or load_settings().anchor_folder
    where.mkdir(parents=True, exist_ok=True)  # before it is an entry that there is one
    made = await in_scope(lambda by: anchoring.anchor(by=by))
    return anchoring.keep_anchor(made, seed=seed, folder=where), public_key_of(seed)


async def missing_from(file: Path, *, area: str | None, public_key: str | None) -> list[str]:
    """Return a sentence for each chain of the anchor (or the one named) that no longer contains its end of then."""
    anchor = _read(file, public_key=public_key)
    day = anchor.made_at.astimezone(LONDON)
    when = f"{day.day} {day:%B %Y at %H:%M}"
    return [
        f"{head.chain}: entry {head.seq}, where the chain ended on {when}, is not in it any more: "
        "it was cut or written anew."
        for head in await _chosen(anchor, area=area)
        if not await _contains(head)
    ]


async def _contains(head: Head) -> bool:
    return await in_scope(lambda _: queries.contains(head), areas=[head.area_id])


async def _chosen(anchor: Anchor, *, area: str | None) -> list[Head]:
    if area is None:
        return list(anchor.heads)
    wanted = PLATFORM if area == NAME_OF_PLATFORM else await in_scope(lambda _: area_id_of(area))
    chosen = [head for head in anchor.heads if head.area_id == wanted]
    if not chosen:
        raise CommandError(f"This anchor says nothing of {area}: its chain had no entry then.")
    return chosen


def _read(file: Path, *, public_key: str | None) -> Anchor:
    seed = load_settings().anchor_seed
    key = public_key or (None if seed is None else public_key_of(seed))
    if key is None:
        raise CommandError("Say with --public-key who signed the anchor: CONCORDAT_ANCHOR_KEY is not set.")
    try:
        return read(file.read_text(encoding="utf-8"), public_key=key)
    except (NotAnAnchor, UnicodeDecodeError) as wrong:
        sentence = str(wrong) if isinstance(wrong, NotAnAnchor) else "It is not an anchor of audit chains."
        raise CommandError(f"{file} proves nothing. {sentence}") from wrong

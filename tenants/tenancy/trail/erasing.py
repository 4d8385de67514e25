"""Erasing what an area's audit trail says of one person: their keys are destroyed, and every link stays as it was.

UK GDPR article 17. The area decides whether it must: it need not erase what a legal obligation or a public task has it
keep (article 17(3)(b)). What is not erased: the record itself, who did something, and what people typed as reasons.
"""

from __future__ import annotations

from tenants.audit import keys
from tenants.audit.service import record
from tenants.audit.subjects import subject as found_subject
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound, WrongState
from tenants.tenancy.permissions import check_can_erase

WHAT = "person in the audit trail"
BASIS = "UK GDPR article 17"


async def erase(*, by: Actor, area_id: int, subject: str, reason: str) -> str:
    """Erase one subject's text, for good; return the subject's key. The erasure is itself an entry, without the text.

    Raises `NotAllowed`, `NotFound`, `Invalid`, or `WrongState` when it is erased already.
    """
    check_can_erase(by, area_id=area_id)
    why = checks.reason(reason)
    kind, _, identifier = subject.partition(".")
    if await found_subject(area_id=area_id, key=subject) is None:
        raise NotFound(WHAT, field="subjectId")
    destroyed = await keys.destroy(area_id=area_id, subject=(kind, identifier))
    if not destroyed:
        raise WrongState("What the trail says of this person is erased already.")
    await record(
        by=by,
        area_id=area_id,
        action="trail.erase",
        subject=(kind, identifier),
        reason=why,
        legal_basis=BASIS,
        after={"keys": destroyed},
    )
    return subject

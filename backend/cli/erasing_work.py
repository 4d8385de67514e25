"""Lists and erases people in audit trails for `concordat audit`."""

from backend.cli.operator import area_id_of, in_scope
from tenants.audit import subjects
from tenants.audit.subjects import SubjectRow
from tenants.tenancy.trail import erasing


async def people(area: str, *, search: str | None) -> list[str]:
    """Return a line for each subject: how to name it to `erase`, and what the trail says of it."""
    area_id = await in_scope(lambda _: area_id_of(area))
    found = await in_scope(lambda _: subjects.subjects(area_id=area_id, search=search), areas=[area_id])
    return [_line(one) for one in found] or ["The trail holds no text of a person that matches."]


async def erase(area: str, *, subject: str, reason: str) -> None:
    """Erase one subject's text; raises the domain's problems."""
    area_id = await in_scope(lambda _: area_id_of(area))
    await in_scope(lambda by: erasing.erase(by=by, area_id=area_id, subject=subject, reason=reason), areas=[area_id])


def _line(one: SubjectRow) -> str:
    said = ", ".join(one.texts) if one.erased_on is None else f"erased on {one.erased_on:%d %B %Y}"
    return f"{one.key}  {said}  (entries: {one.entries})"

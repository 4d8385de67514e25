"""Changing an area: what it covers, opening it, merging it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.formats import long_date
from backend.web.operation import found, mutate, query
from backend.web.platform.areas import show_area
from backend.web.platform.asking import Question, act, ask
from backend.web.platform.choices import area_options
from backend.web.render import redirect


@post("/platform/areas/{slug:str}/covers", opt={"access": "platform"})
async def cover(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Adds a local authority from a day."""
    record, form = await _area(request, slug), await read_form(request)
    code = form.text("la_code", label="the three-digit code", max_length=3)
    name = form.text("la_name", label="the name of the local authority", max_length=120)
    day = form.date("valid_from", label="the first day")
    if not form.problems:
        outcome = await mutate(request, "CoverLocalAuthority", {
            "areaId": record.area.id, "laCode": code, "laName": name,
            "validFrom": None if day is None else day.isoformat(),
        })
        if outcome.ok:
            return redirect(request, f"/platform/areas/{slug}", flash=f"{name} is covered.")
        form.add_problems(outcome.problems)
    return await show_area(request, slug, form=form)


@get("/platform/areas/{slug:str}/covers/end", opt={"access": "platform"})
async def end_cover(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks for the last day of a cover."""
    return ask(request, await _end_cover(request, slug, request.query_params.get("cover", "")))


@post("/platform/areas/{slug:str}/covers/end", opt={"access": "platform"})
async def end_cover_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Ends a cover on a day."""
    cover_id = (await read_form(request)).value("cover")
    question = await _end_cover(request, slug, cover_id)
    record = await _area(request, slug)
    return await act(request, question, operation="EndCover", input={"areaId": record.area.id, "coverId": cover_id},
                     to=f"/platform/areas/{slug}", said="The end of the cover is recorded.")


async def _end_cover(request: Request[Any, Any, Any], slug: str, cover_id: str) -> Question:
    record = await _area(request, slug)
    cover = found(next((one for one in record.covers if one.id == cover_id), None))
    return Question(
        title=f"Stop covering {cover.name}",
        caption=record.area.name,
        lines=["Its schools will no longer be in this area after the last day. The record of what was done stays."],
        action=f"/platform/areas/{slug}/covers/end",
        button="Stop covering it",
        back=f"/platform/areas/{slug}",
        day=("valid_to", "Last day"),
        fields={"cover": cover_id},
        warning="You can take this back only while no other area covers the local authority from a later day.",
    )


@get("/platform/areas/{slug:str}/covers/resume", opt={"access": "platform"})
async def resume_cover(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks before the recorded end of a cover is taken back."""
    return ask(request, await _resume_cover(request, slug, request.query_params.get("cover", "")))


@post("/platform/areas/{slug:str}/covers/resume", opt={"access": "platform"})
async def resume_cover_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Takes back the recorded end of a cover."""
    cover_id = (await read_form(request)).value("cover")
    question = await _resume_cover(request, slug, cover_id)
    record = await _area(request, slug)
    return await act(request, question, operation="ResumeCover", input={"areaId": record.area.id, "coverId": cover_id},
                     to=f"/platform/areas/{slug}", said="The local authority is covered again, as if it never ended.")


async def _resume_cover(request: Request[Any, Any, Any], slug: str, cover_id: str) -> Question:
    record = await _area(request, slug)
    cover = found(next((one for one in record.covers if one.id == cover_id and one.validTo), None))
    return Question(
        title=f"Take back the end of covering {cover.name}",
        caption=record.area.name,
        lines=[
            f"The area covers {cover.name} again, also on the days since {long_date(cover.validTo)}.",
            "Its schools come back into the area within a quarter of an hour. The audit trail keeps both entries.",
        ],
        action=f"/platform/areas/{slug}/covers/resume",
        button="Take back the end",
        back=f"/platform/areas/{slug}",
        warning="Do this only when the end was recorded by mistake.",
        fields={"cover": cover_id},
    )


@get("/platform/areas/{slug:str}/open", opt={"access": "platform"})
async def open_area(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks before an area's published facts become public."""
    return ask(request, _open(await _area(request, slug)))


@post("/platform/areas/{slug:str}/open", opt={"access": "platform"})
async def open_area_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Opens the area."""
    record = await _area(request, slug)
    return await act(request, _open(record), operation="OpenArea", input={"areaId": record.area.id},
                     to=f"/platform/areas/{slug}", said=f"{record.area.name} is live.")


def _open(record: Any) -> Question:
    slug = record.area.slug
    return Question(
        title=f"Open {record.area.name}",
        caption="Area",
        lines=["Anyone will see the area in the public list, with its partners and what it has published."],
        action=f"/platform/areas/{slug}/open",
        button="Open the area",
        back=f"/platform/areas/{slug}",
        warning="An area that is live cannot go back to being set up.",
        reason=None,
    )


@get("/platform/areas/{slug:str}/merge", opt={"access": "platform"})
async def merge(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks into which area this one goes, and why."""
    return ask(request, await _merge(request, await _area(request, slug)))


@post("/platform/areas/{slug:str}/merge", opt={"access": "platform"})
async def merge_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Merges the area into another."""
    record = await _area(request, slug)
    question = await _merge(request, record)
    return await act(request, question, operation="MergeArea", input={"areaId": record.area.id},
                     to=f"/platform/areas/{slug}", said=f"{record.area.name} is merged.")


async def _merge(request: Request[Any, Any, Any], record: Any) -> Question:
    slug = record.area.slug
    others = [option for option in await area_options(request) if option["value"] != record.area.id]
    return Question(
        title=f"Merge {record.area.name} into another area",
        caption="Area",
        lines=[
            "The area keeps its history and its audit trail, and takes no more changes.",
            "End its cover of each local authority, before this or afterwards, "
            "and let the other area cover them from the next day.",
        ],
        action=f"/platform/areas/{slug}/merge",
        button="Merge the area",
        back=f"/platform/areas/{slug}",
        warning="This cannot be undone.",
        choice=("into_area_id", "The area it becomes part of"),
        options=others,
    )


async def _area(request: Request[Any, Any, Any], slug: str) -> Any:
    return found((await query(request, "PlatformArea", slug=slug)).platformArea)


ROUTES = [
    cover, end_cover, end_cover_now, resume_cover, resume_cover_now, open_area, open_area_now, merge, merge_now,
]  # fmt: skip

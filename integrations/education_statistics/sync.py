"""Open statistics as a connector: what the ids stand for first, then page by page; the same figures write nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from infra.clock import now
from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page, Rejected, no_proof
from integrations.education_statistics import client, csv_file
from integrations.education_statistics.mapping import Unusable, benchmark_of, definition_of, named_places, places_of
from integrations.errors import AgencyDown, AgencyRefused
from integrations.noted_figures import note_figures
from tenants.indicators import service
from tenants.indicators.rules.catalogue import Definition
from tenants.indicators.service import Benchmark
from tenants.tenancy.actor import Actor

SYSTEM = "education_statistics"
_FORMS = {
    "data_set_id": (re.compile(r"[0-9a-f-]{36}"), "The data set’s id has 36 characters, like 342f9a01-26f0-2a71-…"),
    "data_set_version": (re.compile(r"\d{1,3}\.\d{1,3}(\.\d{1,3})?"), "Pin a version of the data set, like 1.2."),
    "indicator_id": (re.compile(r"[A-Za-z0-9]{3,20}"), "Enter the indicator’s id in that version, like wLcft."),
    "code": (re.compile(r"[a-z][a-z0-9_]{2,60}"), "The code here is of small letters, digits and underscores."),
}


FILTERS = "filter_ids"
_FILTER = re.compile(r"[A-Za-z0-9]{3,20}")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page of published figures, with what they count."""

    definition: Definition
    figures: Sequence[Benchmark] = field(default=())


def check_options(options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the options, in sentences."""
    wrong = [f"There is no option named {name}." for name in sorted(set(options) - {*_FORMS, FILTERS})]
    chosen = options.get(FILTERS, [])
    if not isinstance(chosen, list) or len(chosen) > 20 or not all(_FILTER.fullmatch(str(one)) for one in chosen):
        wrong.append("The filters are a list of ids of filter options in that version, like n0WqP.")
    return wrong + [words for name, (form, words) in _FORMS.items() if not form.fullmatch(str(options.get(name, "")))]


def start(link: Link) -> Cursor:  # noqa: ARG001
    """Return where a run begins."""
    return {"page": 1}


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[Sheet]:
    """Return the page at the cursor. Raises what the client raises."""
    meta = await client.meta(agency, link.options)
    try:
        definition = definition_of(meta, link.options)
    except Unusable as error:
        raise AgencyRefused(str(error)) from None
    page = int(cursor["page"])
    results, places = await _results(agency, link, meta, page=page)
    found: dict[tuple[str, date], Benchmark] = {}
    rejected: list[Rejected] = []
    for number, row in enumerate(results.rows, start=results.first):
        try:
            figure = benchmark_of(row, places=places, options=link.options)
            if found.setdefault((figure.place, figure.starts_on), figure) is not figure:
                raise Unusable("There is a figure of this place and year already: choose the filters.")
        except Unusable as error:
            rejected.append(Rejected(reference=f"row {number}", reason=str(error)))
    following = {"page": page + 1} if results.more else None
    sheet = Sheet(definition=definition, figures=list(found.values()))
    return Page(items=[sheet], next=following, rejected=rejected, total=results.total)


async def _results(
    agency: Agency, link: Link, meta: Mapping[str, Any], *, page: int
) -> tuple[client.Results, Mapping[str, str]]:
    """Return a page of answers; where it is refused or takes too long (504), the data set's file, which is the last
    page: what earlier ones brought is in it again, as known."""
    try:
        return await client.query(agency, link.options, page=page), places_of(meta)
    except (AgencyRefused, AgencyDown) as refused:
        if refused.status not in client.QUESTION_REFUSED:
            raise
    rows = await csv_file.rows(agency, link.options, meta=meta)
    return client.Results(rows=rows, more=False, total=len(rows)), named_places(rows)


async def apply(*, by: Actor, link: Link, page: Page[Sheet]) -> Counts:
    """Keep what is new of a page, and what is counted, beside the area's own figures."""
    assert link.area_id is not None
    counts = Counts()
    for sheet in page.items:
        if "figures" not in link.may_change:
            counts += Counts(read=len(sheet.figures))
            continue
        await service.record(by=by, area_id=link.area_id, connection_id=link.connection_id, figures=[],
                             definitions=[sheet.definition], published_at=now())  # fmt: skip
        changed = await service.record_benchmarks(by=by, area_id=link.area_id, figures=sheet.figures)
        await note_figures(by=by, link=link, subject=sheet.definition.title, new=changed)
        counts += Counts(read=len(sheet.figures), applied=changed, unchanged=len(sheet.figures) - changed)
    return counts


async def probe(link: Link, agency: Agency) -> str:
    """Say what the indicator is called and how many places it is published for."""
    meta = await client.meta(agency, link.options)
    try:
        title = definition_of(meta, link.options).title
    except Unusable as error:
        raise AgencyRefused(str(error)) from None
    return f"Explore Education Statistics answered: “{title}”, for {len(places_of(meta))} places."


CONNECTOR: Connector[Sheet] = Connector(
    system=SYSTEM,
    label="Explore Education Statistics",
    national=False,
    auth_modes=("none",),
    authorise=no_proof,
    check_options=check_options,
    start=start,
    fetch=fetch,
    apply=apply,
    probe=probe,
)

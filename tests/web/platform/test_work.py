"""Imports with upload and report, jobs, and the platform's own trail."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from backend.web.platform.job_words import job_words
from concordat_graphql import ids
from infra.queue.registry import JOBS, import_jobs
from integrations.gias import synthetic
from tests.graphql.platform import sending
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, drain
from tests.web.page_client import Page, PageClient

PROGRESS = """
update queue.job_run set progress_done = 1200, progress_of = 25000, progress_words = $2 where message_id = $1
"""


async def upload(browser: PageClient, path: Path, *, kind: str = "establishments", status: int = 303) -> Page:
    content = await asyncio.to_thread(path.read_bytes)
    page = await browser.get("/platform/imports")
    token = page.form("Upload and import").find("input", attrs={"name": "_csrf"})["value"]
    values = {"_csrf": token, "kind": kind, "allow_mass_closure": "yes"}
    return await browser.post(
        "/platform/imports", values, status=status, files={"file": (path.name, content, "text/csv")}
    )


def kept(database: Cluster) -> set[str]:
    return {path.name for path in (database.folder / "uploads").glob("*")}


async def test_an_upload_is_imported_by_the_worker_and_reported(
    browser: PageClient, database: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORDAT_DATA_DIR", str(database.folder))
    monkeypatch.setattr("integrations.gias.invented.FIRST_URN", 970_000)  # schools that no other test has imported
    before = kept(database)
    files = synthetic.write_extracts(tmp_path / "register", rows=30, trusts=3)
    with files.establishments.open("ab") as file:
        file.write(b"1,2,3\r\n")
    page = await browser.follow(await upload(browser, files.establishments))
    assert "Waiting" in page.text
    assert page.links()["Refresh"] == str(page.response.url.path)

    await drain()
    page = await browser.get(page.links()["Refresh"])
    assert "Refresh" not in page.links()
    assert ["Created", "30"] in page.table("What the import came to")
    assert page.table("Rows left out")[0][2] == "It has 3 columns where the heading has 140."
    download = await browser.get(page.links()["Download the rows left out (CSV)"])
    assert download.response.text.splitlines()[1].startswith("32,1,")
    assert kept(database) <= before, "an upload goes when its work has ended"
    listed = await browser.get("/platform/imports")
    assert "Done" in listed.table("Imports, newest first")[0][2]


async def test_a_file_and_its_kind_are_asked_for(browser: PageClient) -> None:
    page = await browser.get("/platform/imports")
    token = page.form("Upload and import").find("input", attrs={"name": "_csrf"})["value"]
    page = await browser.post("/platform/imports", {"_csrf": token}, status=422)
    assert page.errors == ["Select which file this is", "Select a file"]


async def test_a_file_that_is_too_large_is_refused_and_not_kept(
    browser: PageClient, database: Cluster, tmp_path: Path
) -> None:
    large, before = tmp_path / "large.csv", kept(database)
    with large.open("wb") as file:
        file.truncate(2_000_001)
    browser.http._transport.app.state.settings = (  # type: ignore[attr-defined]
        settings := browser.http._transport.app.state.settings  # type: ignore[attr-defined]
    ).model_copy(update={"upload_max_bytes": 2_000_000})
    try:
        page = await upload(browser, large, status=422)
    finally:
        browser.http._transport.app.state.settings = settings  # type: ignore[attr-defined]
    assert page.errors == ["The file is larger than 2 MB."]
    assert kept(database) == before


async def test_another_file_may_follow_from_the_same_page(browser: PageClient) -> None:
    """Back in the browser, another file: the page said that its key was used for a different request."""
    page = await browser.get("/platform/imports")
    values = {"_csrf": _token(page, page, "Upload and import"), "kind": "establishments"}
    for content in (b"URN\r\n1\r\n", b"URN\r\n2\r\n"):
        files = {"file": ("x.csv", content, "text/csv")}
        sent = await browser.post("/platform/imports", values, status=303, files=files)
        assert sent.location.startswith("/platform/imports/")
    await drain()


async def test_an_unknown_import_is_not_found(browser: PageClient) -> None:
    await browser.get("/platform/imports/nonsense", status=404)


async def test_a_failed_job_is_tried_again(browser: PageClient) -> None:
    job = ids.encode("Job", await sending.a_failed_job())
    page = await browser.get("/platform/jobs?state=failed")
    assert page.table("Jobs, newest first")[0][3:6] == ["Failed", "5", "No route."]
    asked = await browser.get(f"/platform/jobs/{job}/retry")
    page = await browser.follow(await browser.submit(asked, "Try again", {}))
    assert page.banner == "The job is queued again."
    late = await browser.submit(asked, "Try again", {"_csrf": _token(page, asked)}, status=303)
    assert late.location == "/platform/jobs", "the same form twice is one request"


def test_every_job_is_named_in_words() -> None:
    import_jobs("infra", "tenants", "integrations")
    ours = [name for name, job in JOBS.items() if job.work.__module__.partition(".")[0] != "tests"]
    assert [name for name in ours if job_words(name) == name] == []
    assert job_words("moon.rise") == "moon.rise", "a job of another version"


async def test_a_running_job_says_how_far_it_has_come(browser: PageClient, database: Cluster) -> None:
    message_id = await sending.a_failed_job("running")
    await as_superuser(database, PROGRESS, message_id, "Schools read")
    page = await browser.get("/platform/jobs?state=running")
    assert "Schools read: 1,200 of 25,000" in page.table("Jobs, newest first")[0][3]
    await as_superuser(database, "delete from queue.job_run where message_id = $1", message_id)


def _token(_: Page, asked: Page, button: str = "Try again") -> str:
    return str(asked.form(button).find("input", attrs={"name": "_csrf"})["value"])


async def test_a_job_that_was_retried_meanwhile_cannot_be_discarded(browser: PageClient) -> None:
    job = ids.encode("Job", await sending.a_failed_job("stopped"))
    discarding = await browser.get(f"/platform/jobs/{job}/discard")
    await browser.submit(await browser.get(f"/platform/jobs/{job}/retry"), "Try again", {})
    page = await browser.submit(discarding, "Discard the job", {"reason": "Sent by hand"}, status=422)
    assert page.errors == ["Only a job that failed or was stopped can be decided about; this one is queued."]


async def test_discarding_needs_a_reason_and_is_in_the_trail(browser: PageClient) -> None:
    job = ids.encode("Job", await sending.a_failed_job())
    asked = await browser.get(f"/platform/jobs/{job}/discard")
    refused = await browser.submit(asked, "Discard the job", {}, status=422)
    assert refused.errors == ["Enter a reason"]
    await browser.submit(refused, "Discard the job", {"reason": "Sent by hand"})
    page = await browser.get("/platform/audit?action=job")
    assert "Whole" in page.text
    row = page.table("Entries, newest first")[0]
    assert row[1].startswith("Pat Keeper")
    assert row[2:4] == ["Job discarded", "Sent by hand"]


async def test_the_platforms_trail_is_downloaded_whole_and_says_so(browser: PageClient) -> None:
    page = await browser.get("/platform/audit")
    export = await browser.http.get(page.links()["Download the whole trail (CSV)"])
    lines = export.text.splitlines()
    assert export.headers["content-type"].startswith("text/csv")
    assert "Pat Keeper" in lines[-1]
    assert "audit.export" in lines[-1]
    newest = (await browser.get("/platform/audit")).table("Entries, newest first")[0]
    assert newest[2] == "Audit trail downloaded"


async def test_a_filter_that_matches_nothing_says_so(browser: PageClient) -> None:
    assert "No entries" in (await browser.get("/platform/audit?actor=nobody+at+all")).text
    assert "No job is in this state" in (await browser.get("/platform/jobs?state=running")).text

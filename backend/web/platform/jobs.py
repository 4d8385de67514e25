"""Work that happens later: what waits, what failed, trying again or giving up."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.forms import Form
from backend.web.operation import found, query
from backend.web.platform.asking import Question, act, ask
from backend.web.platform.job_words import job_words
from backend.web.render import render

STATES = {
    "queued": "Queued",
    "running": "Running",
    "failed": "Failed",
    "stopped": "Stopped",
    "done": "Done",
    "discarded": "Discarded",
}
OPTIONS = [{"value": value, "text": text} for value, text in STATES.items()]


@get("/platform/jobs", opt={"access": "platform"})
async def jobs(request: Request[Any, Any, Any]) -> Response[Any]:
    """Jobs newest first, how many are in each state, and mails that did not arrive."""
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    state = form.value("state") if form.value("state") in STATES else None
    data = await query(request, "Jobs", state=state, after=form.value("after") or None)
    return render(request, "platform/jobs.html", form=form, title="Jobs", jobs=data.jobs, mails=data.mails.nodes,
                  counts=data.jobCounts, states=STATES, options=OPTIONS, wide=True, job_words=job_words)


@get("/platform/jobs/{job:str}/retry", opt={"access": "platform"})
async def retry(request: Request[Any, Any, Any], job: FromPath[str]) -> Response[Any]:
    """Asks before a job is sent again."""
    return ask(request, _retry(await _job(request, job)))


@post("/platform/jobs/{job:str}/retry", opt={"access": "platform"})
async def retry_now(request: Request[Any, Any, Any], job: FromPath[str]) -> Response[Any]:
    """Sends the job again."""
    return await act(request, _retry(await _job(request, job)), operation="RetryJob", input={"jobId": job},
                     to="/platform/jobs", said="The job is queued again.")


def _so_far(job: Any) -> str:
    return f"It was started {'once' if job.starts == 1 else f'{job.starts} times'}. {job.error or ''}"


def _retry(job: Any) -> Question:
    return Question(
        title="Try a job again",
        caption=job_words(job.name),
        lines=[_so_far(job), "It is sent again with a fresh count."],
        action=f"/platform/jobs/{job.id}/retry",
        button="Try again",
        back="/platform/jobs",
        reason=None,
    )


@get("/platform/jobs/{job:str}/discard", opt={"access": "platform"})
async def discard(request: Request[Any, Any, Any], job: FromPath[str]) -> Response[Any]:
    """Asks before a job is given up."""
    return ask(request, _discard(await _job(request, job)))


@post("/platform/jobs/{job:str}/discard", opt={"access": "platform"})
async def discard_now(request: Request[Any, Any, Any], job: FromPath[str]) -> Response[Any]:
    """Gives the job up."""
    return await act(request, _discard(await _job(request, job)), operation="DiscardJob", input={"jobId": job},
                     to="/platform/jobs", said="The job is discarded.")


def _discard(job: Any) -> Question:
    return Question(
        title="Discard a job",
        caption=job_words(job.name),
        lines=[_so_far(job)],
        action=f"/platform/jobs/{job.id}/discard",
        button="Discard the job",
        back="/platform/jobs",
        warning="What it should have done will not be done. This cannot be undone.",
    )


async def _job(request: Request[Any, Any, Any], job: str) -> Any:
    return found((await query(request, "JobRecord", id=job)).job)


ROUTES = [jobs, retry, retry_now, discard, discard_now]

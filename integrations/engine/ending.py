"""How a run ends when it cannot go on, told in words: to the area by the run, to the queue by the error it raises."""

from __future__ import annotations

from datetime import timedelta

from infra.queue import GiveUp, JobError, enqueue
from infra.queue.errors import in_words
from infra.telemetry.logs import logger
from integrations.engine.carry import Work, carry
from integrations.errors import AgencyBroken, AgencyDown, AgencyRefused, NeedsReauthorisation
from tenants.connections import runs, tokens
from tenants.connections.runs import Overtaken

log = logger("agencies")
_OURS = "Something went wrong on our side. The administrators of the service can see what it was."


async def carry_to_an_end(work: Work, *, pause: timedelta | None) -> None:
    """Carry the run and book how it ended, or that it waits: `pause`, until the queue tries it again (None: never).

    Raises `JobError` when the queue shall try again, `GiveUp` when only a person or the next schedule can help.
    """
    try:
        await carry(work)
    except Overtaken:
        log.info("run_overtaken", run_id=str(work.begun.run_id))
    except NeedsReauthorisation as error:
        await _reauthorise(work, str(error))
        raise GiveUp(str(error)) from error
    except AgencyRefused as error:
        await _refuse(work, str(error))
        raise GiveUp(str(error)) from error
    except AgencyBroken as error:
        await _set_aside(work, error)
        raise GiveUp(str(error)) from error
    except AgencyDown as error:
        asked = timedelta(seconds=error.again_in or 0)
        await _wait(work, str(error), pause=None if pause is None or work.begun.cause == "test" else max(pause, asked))
        raise JobError(str(error), again_in=error.again_in) from error
    except Exception as error:
        log.warning("run_failed", run_id=str(work.begun.run_id), error=in_words(error))
        await _wait(work, _OURS, pause=pause)
        raise


async def _fail(work: Work, problem: str) -> None:
    async with work.scopes.open():
        await runs.fail(run_id=work.begun.run_id, fence=work.begun.fence, problem=problem)


async def _refuse(work: Work, problem: str) -> None:
    """A right that the agency gives afterwards is not in the token that we hold: the next run asks for a new one."""
    async with work.scopes.open():
        await tokens.lapse(connection_id=work.begun.connection_id)
        await runs.fail(run_id=work.begun.run_id, fence=work.begun.fence, problem=problem)


async def _wait(work: Work, problem: str, *, pause: timedelta | None) -> None:
    if pause is None:
        await _fail(work, problem)
        return
    begun, seconds = work.begun, pause.total_seconds()
    async with work.scopes.open():
        await runs.wait(run_id=begun.run_id, fence=begun.fence, problem=problem, seconds=seconds)


async def _reauthorise(work: Work, problem: str) -> None:
    begun = work.begun
    async with work.scopes.open():
        await runs.reauthorise(run_id=begun.run_id, fence=begun.fence, problem=problem)
        if begun.cause != "test":  # who tests is looking at it
            await enqueue("connection.alert", area_id=begun.area_id, connection_id=begun.connection_id)


async def _set_aside(work: Work, error: AgencyBroken) -> None:
    async with work.scopes.open():
        if error.sha256 is not None:
            await runs.quarantine(run_id=work.begun.run_id, sha256=error.sha256, size=error.size, reason=str(error))
        await runs.fail(run_id=work.begun.run_id, fence=work.begun.fence, problem=str(error))

"""Why an import stopped. Each is a sentence for the person who asked for it."""

from __future__ import annotations

from tenants.tenancy.errors import Invalid, Problem, WrongState


class ImportStopped(Problem):
    """The file was read, and then nothing of it was taken."""

    code = "IMPORT_STOPPED"


def mass_closure(*, closing: int, open_before: int) -> ImportStopped:
    share = round(100 * closing / open_before)
    return ImportStopped(
        f"This file would close {closing:,} of the {open_before:,} organisations now open ({share}%). "
        "Check that it is the right file. To import it all the same, allow a mass closure.",
        code="MASS_CLOSURE",
    )


def mass_rejection(*, rejected: int, read: int) -> ImportStopped:
    return ImportStopped(
        f"{rejected:,} of the {read:,} rows could not be read, so the file itself is probably damaged.",
        code="MASS_REJECTION",
    )


def already_importing() -> WrongState:
    return WrongState("Another register import is running. Wait for it to finish, then try again.")


def not_waiting() -> WrongState:
    return WrongState("This import has already been carried out.")


def no_such_upload() -> Invalid:
    return Invalid("That file is not here, or has been imported already. Upload it again.", field="uploadId")

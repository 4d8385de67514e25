"""`concordat audit`: whether the audit chains are whole, and one chain as a file."""

from pathlib import Path

import rich_click as click
from rich.progress import Progress

from backend.cli.console import CONSOLE
from backend.cli.errors import CommandError
from backend.cli.operator import run


@click.group()
def audit() -> None:
    """The audit chains: one for each area, and one (`platform`) for the service and for national work."""


@audit.command()
@click.argument("area", required=False)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An anchor that was kept: tells also whether each chain still contains the end it had then.",
)
@click.option("--public-key", help="Who signed the anchor (hexadecimal); the key of CONCORDAT_ANCHOR_KEY if none.")
def verify(*, area: str | None, against: Path | None, public_key: str | None) -> None:
    """Verify the chain of AREA (its web name, or `platform`), or of every area.

    Names the first broken link of each chain and ends with exit code 1 when there is one.
    """
    from backend.cli import anchor_work, audit_work

    if against is not None:
        missing = run(lambda: anchor_work.missing_from(against, area=area, public_key=public_key))
        if missing:
            raise CommandError("\n".join(missing))
        CONSOLE.print("Each chain contains the end that it had when this was anchored.")

    with Progress(console=CONSOLE) as progress:
        task = progress.add_task("Verifying", total=None)
        broken = run(
            lambda: audit_work.verify(
                area, on_progress=lambda done, total: progress.update(task, completed=done, total=total)
            )
        )
        progress.update(task, description="Verified")
    if broken:
        raise CommandError("\n".join(broken))
    CONSOLE.print("Every entry is linked to the one before it, and no link is broken.")


@audit.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder; `anchors` in CONCORDAT_DATA_DIR if none.",
)
def anchor(*, folder: Path | None) -> None:
    """Write where every chain ends now into a signed file, for others to keep.

    The worker does the same every night. Signed with CONCORDAT_ANCHOR_KEY; the public key that is printed is what
    those who keep the file need, and should have from elsewhere than the file.
    """
    from backend.cli import anchor_work

    file, public_key = run(lambda: anchor_work.write(folder))
    CONSOLE.print(f"Written to {file}.\nPublic key: {public_key}", markup=False, soft_wrap=True)


@audit.command()
@click.argument("area")
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output if none.")
def export(*, area: str, file: Path | None) -> None:
    """Write the whole trail of AREA (its web name, or `platform`) as CSV, oldest first. The export is an entry too."""
    from backend.cli import audit_work

    run(lambda: audit_work.export(area, to=file))
    if file is not None:
        CONSOLE.print(f"Written to {file}.", markup=False)


@audit.command()
@click.argument("area")
@click.argument("search", required=False)
def people(*, area: str, search: str | None) -> None:
    """List whom the trail of AREA (its web name) holds personal text of; SEARCH is a part of a name or an address."""
    from backend.cli import erasing_work

    for line in run(lambda: erasing_work.people(area, search=search)):
        CONSOLE.print(line, markup=False, soft_wrap=True)


@audit.command()
@click.argument("area")
@click.argument("subject")
@click.option("--reason", required=True, help="Why. It stays in the trail: do not write the person's name.")
@click.confirmation_option(prompt="What the trail says of them is erased for good. Go on?")
def erase(*, area: str, subject: str, reason: str) -> None:
    """Erase what the trail of AREA says of SUBJECT, as `concordat audit people` names it. It cannot be undone.

    The record itself, who did something, and the words people typed as reasons stay. So do backups.
    """
    from backend.cli import erasing_work

    run(lambda: erasing_work.erase(area, subject=subject, reason=reason))
    CONSOLE.print("It is erased from the audit trail. The chain stays whole.")

"""`concordat import`: registers and other files, read from this machine."""

from pathlib import Path

import rich_click as click

from backend.cli.errors import CommandError
from infra.local import ready_settings

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(name="import")
def import_() -> None:
    """Read files of the Department's register into Concordat.

    What is read never deletes: a record that is no longer in the file stays.
    """


@import_.command()
@click.argument("establishments", type=FILE, required=False)
@click.option("--groups", type=FILE, help="allgroupsdata.csv: the trusts.")
@click.option("--links", type=FILE, help="links_edubasealldata….csv: predecessors and successors.")
@click.option("--group-links", type=FILE, help="alllinksdata.csv: since when a trust has run an academy.")
@click.option("--allow-mass-closure", is_flag=True, help="Import even when a fifth of what is open would close.")
@click.option("--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Write rejected rows to this CSV.")
def gias(
    *,
    establishments: Path | None,
    groups: Path | None,
    links: Path | None,
    group_links: Path | None,
    allow_mass_closure: bool,
    rejected: Path | None,
) -> None:
    """Import the Department's register of schools and trusts (Get Information About Schools).

    ESTABLISHMENTS is edubasealldata….csv as downloaded. Each file is imported whole or not at all; a bad row is
    left out alone and reported; nothing is ever deleted. The same file again changes nothing.
    """
    # in the order in which they refer to one another
    chosen = {"groups": groups, "establishments": establishments, "links": links, "group_links": group_links}
    files = {kind: path for kind, path in chosen.items() if path is not None}
    if not files:
        raise CommandError("Name the establishments file, or give --groups, --links or --group-links.")
    from backend.cli import import_gias  # the drivers take a while to import

    with ready_settings() as settings:
        import_gias.run(settings, files, allow_mass_closure=allow_mass_closure, rejected_to=rejected)

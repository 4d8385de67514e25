"""`concordat import gias`: the result table, the refusals, the exit code."""

from pathlib import Path

import pytest

from integrations.gias import synthetic
from integrations.gias.synthetic import Extracts
from tests.backend.cli.runner import concordat, settings_of
from tests.support.cluster import Cluster


@pytest.fixture
def extracts(tmp_path: Path) -> Extracts:
    return synthetic.write_extracts(tmp_path / "register", rows=30, trusts=3)


async def test_four_files_are_imported_in_one_command(cluster: Cluster, extracts: Extracts, tmp_path: Path) -> None:
    with extracts.establishments.open("ab") as file:
        file.write(b"1,2,3\r\n")
    rejected = tmp_path / "rejected.csv"
    result = concordat(
        *("import", "gias", str(extracts.establishments), "--links", str(extracts.links)),
        *("--groups", str(extracts.groups), "--group-links", str(extracts.group_links)),
        *("--rejected", str(rejected), "--allow-mass-closure"),
        data_dir=tmp_path / "data",
        **settings_of(cluster),
    )
    assert result.returncode == 0, result.stderr
    assert "edubasealldata20260401.csv, line 32: It has 3 columns where the heading has 140." in result.stdout
    row = next(line for line in result.stdout.splitlines() if "edubasealldata" in line and "│" in line)
    assert [cell.strip() for cell in row.split("│")][-2] == "1"
    assert rejected.read_text().splitlines()[1].startswith("edubasealldata20260401.csv,32,1,")


async def test_a_wrong_file_is_a_sentence_and_exit_code_one(
    cluster: Cluster, extracts: Extracts, tmp_path: Path
) -> None:
    result = concordat("import", "gias", str(extracts.links), data_dir=tmp_path / "data", **settings_of(cluster))
    assert result.returncode == 1
    assert "links_edubasealldata20260401.csv: This looks like the establishment links file" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_file_it_asks_for_one(tmp_path: Path) -> None:
    result = concordat("import", "gias", data_dir=tmp_path / "data")
    assert result.returncode == 1
    assert result.stderr == "Name the establishments file, or give --groups, --links or --group-links.\n"

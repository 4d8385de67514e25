"""The documented table is the settings themselves."""

from infra.settings import Settings
from infra.settings_table import DOCUMENT, configuration_page


def test_the_committed_page_is_what_the_settings_print() -> None:
    assert DOCUMENT.read_text() == configuration_page(), "run `make snapshots`"


def test_every_setting_is_described() -> None:
    undescribed = [name for name, field in Settings.model_fields.items() if not field.description]
    assert undescribed == []


def test_no_row_breaks_the_table() -> None:
    rows = [line for line in configuration_page().splitlines() if line.startswith("| `CONCORDAT_")]
    assert len(rows) == len(Settings.model_fields)
    assert {row.count("|") for row in rows} == {5}

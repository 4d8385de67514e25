"""What people can link and what can be carried out are the same: the table of systems and the connectors agree."""

from __future__ import annotations

import pytest

from integrations.systems import CONNECTORS
from tenants.connections.rules.drafts import as_kept
from tenants.connections.rules.systems import AUTH_MODES, SYSTEMS


def test_every_connector_can_be_linked_and_every_link_carried() -> None:
    assert set(CONNECTORS) == set(SYSTEMS)


@pytest.mark.parametrize("name", sorted(CONNECTORS))
def test_both_say_the_same_of_a_system(name: str) -> None:
    system, connector = SYSTEMS[name], CONNECTORS[name]
    assert set(connector.auth_modes) == set(system.auth_modes) <= set(AUTH_MODES)
    assert connector.national is system.national


@pytest.mark.parametrize("name", sorted(CONNECTORS))
def test_a_connector_knows_every_setting_that_people_can_enter(name: str) -> None:
    system = SYSTEMS[name]
    words = {"url": "https://agency.example/token", "whole": "20", "yes_no": "yes"}
    mappings = [option for option in system.options if option.kind == "mapping"]
    roles = {option.key: f"theirs = {option.ours[0] if option.ours else 'anything'}" for option in mappings}
    entered = {option.key: roles.get(option.key) or words.get(option.kind, "X26") for option in system.options}
    said = CONNECTORS[name].check_options(as_kept(entered, system=system))
    assert [sentence for sentence in said if "no option named" in sentence or "whole number" in sentence] == []


@pytest.mark.parametrize("name", sorted(CONNECTORS))
def test_a_setting_that_nobody_knows_is_refused_in_words(name: str) -> None:
    assert "There is no option named surprise." in CONNECTORS[name].check_options({"surprise": "x"})

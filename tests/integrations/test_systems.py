"""The connectors and what people are offered to link say the same of each system."""

import pytest

from integrations.connector import Connector
from integrations.systems import ALL, CONNECTORS
from tenants.connections.rules.systems import AUTH_MODES, SYSTEMS


def test_no_two_connectors_serve_one_system() -> None:
    assert len(CONNECTORS) == len(ALL)


@pytest.mark.parametrize("connector", ALL, ids=lambda connector: connector.system)
def test_what_people_are_offered_is_what_the_connector_does(connector: Connector[object]) -> None:
    offered = SYSTEMS[connector.system]
    assert connector.national is offered.national
    assert connector.label.split(" (")[0].split(":")[0] == offered.label.split(" (")[0].split(":")[0]
    assert set(offered.auth_modes) <= set(connector.auth_modes)
    assert set(connector.auth_modes) <= set(AUTH_MODES)


@pytest.mark.parametrize("connector", ALL, ids=lambda connector: connector.system)
def test_every_option_offered_is_one_that_the_connector_knows(connector: Connector[object]) -> None:
    offered = {option.key for option in SYSTEMS[connector.system].options}
    unknown = [key for key in offered if f"There is no option named {key}." in connector.check_options({key: "x"})]
    assert unknown == []


@pytest.mark.parametrize("connector", ALL, ids=lambda connector: connector.system)
def test_an_option_that_nobody_knows_is_refused_in_words(connector: Connector[object]) -> None:
    assert "There is no option named surprise." in connector.check_options({"surprise": "x"})

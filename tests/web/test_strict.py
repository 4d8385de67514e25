"""A template that reads what its operation did not select fails loudly."""

import pytest
from jinja2 import Environment

from backend.web.strict import FieldNotSelected, wrap

BUDGET = {"name": "2026-27", "lines": [{"items": 3, "keys": ["a"]}], "paidBy": None}


def rendered(source: str) -> str:
    return Environment(autoescape=True).from_string(source).render(budget=wrap(BUDGET))


def test_selected_fields_are_read_at_any_depth() -> None:
    assert rendered("{{ budget.name }} {{ budget.lines[0].items }}") == "2026-27 3"


def test_fields_may_be_called_what_dictionaries_call_their_methods() -> None:
    assert wrap(BUDGET).lines[0].keys == ["a"]


@pytest.mark.parametrize(
    "source",
    ["{{ budget.total }}", "{% if budget.total %}{% endif %}", "{{ budget.lines[0].name or '' }}", "{{ budget['x'] }}"],
)
def test_a_field_that_was_not_selected_stops_the_page(source: str) -> None:
    with pytest.raises(FieldNotSelected):
        rendered(source)


def test_a_field_that_is_null_is_just_none() -> None:
    assert rendered("{{ budget.paidBy is none }}") == "True"


def test_a_result_is_read_only_and_not_a_list() -> None:
    with pytest.raises(AttributeError):
        wrap(BUDGET).name = "other"
    with pytest.raises(TypeError):
        list(wrap(BUDGET))


def test_results_compare_by_what_they_hold() -> None:
    assert wrap({"a": 1}) == wrap({"a": 1})
    assert wrap({"a": 1}) != wrap({"a": 2})
    assert repr(wrap({"a": 1})) == "Result({'a': 1})"

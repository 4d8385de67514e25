"""The Jinja macros draw what GOV.UK Frontend's own templates draw: every published example, compared as a tree."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from backend.web.templating import make_environment

ROOT = Path(__file__).parents[2] / "backend/web/assets"
FIXTURES = sorted((ROOT / "node_modules/govuk-frontend/dist/govuk/components").glob("*/fixtures.json"))
EXAMPLES = 657

pytestmark = pytest.mark.skipif(not FIXTURES, reason="node_modules is not installed: run `make assets`")


def examples(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text())["fixtures"]
    return found


def drawn(component: str, options: dict[str, Any]) -> str:
    macro = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    source = f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {macro} as drawn %}}'
    return ENVIRONMENT.from_string(source + "{{ drawn(options) }}").render(options=options)


def tree(html: str) -> list[Any]:
    return list(_nodes(BeautifulSoup(html, "html5lib")))


def _nodes(parent: Tag) -> Iterator[Any]:
    for child in parent.children:
        if isinstance(child, Tag):
            attributes = {name: " ".join(v) if isinstance(v, list) else v.strip() for name, v in child.attrs.items()}
            yield (child.name, attributes, list(_nodes(child)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            words = " ".join(child.split())
            if words:
                yield words


ENVIRONMENT = make_environment()


@pytest.mark.parametrize("path", FIXTURES, ids=[path.parent.name for path in FIXTURES])
def test_a_component_draws_every_example_alike(path: Path) -> None:
    component = path.parent.name
    different = [
        example["name"]
        for example in examples(path)
        if tree(drawn(component, example["options"])) != tree(example["html"])
    ]
    assert different == []


def test_all_examples_are_there() -> None:
    assert sum(len(examples(path)) for path in FIXTURES) == EXAMPLES

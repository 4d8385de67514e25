"""What is wrong with the environment, one sentence for each variable, without ever quoting a secret."""

import difflib
import os
import re
from collections.abc import Sequence
from typing import get_args

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

_EXPECTED = {
    "int_parsing": "must be a whole number",
    "bool_parsing": "must be true or false",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be one of {expected}",
    "string_pattern_mismatch": "does not have the right form",
}


#: read by the Makefile and the tests, so an environment may hold them where the service is started
OTHERS = frozenset({"SKIP_BROWSER", "SKIP_RABBITMQ", "WRITE_SCREENSHOTS", "FUZZ_SECONDS", "TEST_GIAS_LINKS"})
#: what Kubernetes puts into a container for each service of its namespace, here for those whose name begins as ours
_SERVICE_LINK = re.compile(r".+_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)")


class SettingsError(Exception):
    """The environment makes no working installation; `problems` holds one sentence for each mistake."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        listed = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"Concordat cannot start with these settings (docs/configuration.md):\n{listed}")


def field_problems(error: ValidationError, *, model: type[BaseModel], prefix: str) -> list[str]:
    """One sentence for each variable whose value does not fit its own rule."""
    return [_field_problem(detail, model=model, prefix=prefix) for detail in error.errors()]


def unknown_problems(model: type[BaseModel], *, prefix: str) -> list[str]:
    """One sentence for each variable with our prefix that nothing reads, with the setting it is nearest to."""
    known = [name.upper() for name in model.model_fields]
    given = sorted(name.removeprefix(prefix) for name in os.environ if name.startswith(prefix))
    ours = [name for name in given if name not in known and not _of_others(name, prefix)]
    return [_unknown(name, known, prefix=prefix) for name in ours]


def _of_others(name: str, prefix: str) -> bool:
    linked = name.endswith("_PORT") and os.environ[prefix + name].startswith(("tcp://", "udp://", "sctp://"))
    return name in OTHERS or linked or _SERVICE_LINK.fullmatch(name) is not None


def _unknown(name: str, known: Sequence[str], *, prefix: str) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    meant = f"did you mean {prefix}{near[0]}?" if near else "take it away."
    return f"{prefix}{name} is not a setting; {meant}"


def example(model: type[BaseModel], name: str) -> str:
    """A value one could set: the field's own example, else its default."""
    field = model.model_fields[name]
    given = field.examples[0] if field.examples else field.default
    return "" if isinstance(given, SecretStr) or given is None else _written(given)


def choices(model: type[BaseModel], name: str) -> tuple[str, ...]:
    """The values a setting is limited to; empty when it is not a choice."""
    return tuple(value for value in get_args(model.model_fields[name].annotation) if isinstance(value, str))


def _field_problem(detail: ErrorDetails, *, model: type[BaseModel], prefix: str) -> str:
    name = str(detail["loc"][0])
    wanted = _EXPECTED.get(detail["type"], detail["msg"]).format(**detail.get("ctx", {}))
    secret = model.model_fields[name].annotation is SecretStr
    found = "" if secret else f" (it is {detail['input']!r})"
    return f"{prefix}{name.upper()} {wanted}{found}. Example: {example(model, name)}"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""How an agency is made to misbehave: for the next answers, or until cleared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Every agency can do these: they concern the answer as bytes, whatever is in it.
COMMON = {
    "status": "answers with `status` in its own error form; with `retry_after`, says when to come back",
    "slow": "answers after `seconds`",
    "drip": "sends a byte every `seconds`, each soon enough for a timeout that counts only silence",
    "truncate": "hangs up after half of the body",
    "oversize": "sends `bytes` more than it has to say",
    "gzip_bomb": "sends `bytes` of nothing, compressed, though nobody asked for that",
    "html": "sends its maintenance page, with status 200",
    "malformed": "sends half of the body as if it were whole",
    "redirect": "sends the caller to another origin (`to`)",
}


@dataclass(kw_only=True)
class Fault:
    """One fault. `times` None: until cleared. `path`: only of requests whose path and query contain this."""

    kind: str
    times: int | None = 1
    path: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def number(self, name: str, otherwise: float) -> float:
        """A value of the fault as a number."""
        return float(self.values.get(name) or otherwise)

    def shown(self) -> dict[str, Any]:
        """The fault as JSON, in the form in which it is set."""
        return {"kind": self.kind, "times": self.times, "path": self.path, **self.values}


@dataclass
class Faults:
    """The faults that wait, by agency."""

    _waiting: defaultdict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))

    def set(self, agency: str, fault: Fault) -> None:
        """Add one; several of a kind are used up in the order in which they were set."""
        self._waiting[agency].append(fault)

    def take(self, agency: str, kind: str, *, path: str = "") -> Fault | None:
        """The first waiting fault of a kind that concerns this path, counted down; None when there is none."""
        waiting = self._waiting[agency]
        for fault in waiting:
            if fault.kind == kind and fault.path in path:
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        waiting.remove(fault)
                return fault
        return None

    def waiting(self, agency: str) -> list[Fault]:
        """The faults of an agency that are not used up."""
        return list(self._waiting[agency])

    def clear(self, agency: str | None = None) -> None:
        """Forget the faults of an agency, or of all."""
        for name in [agency] if agency is not None else list(self._waiting):
            self._waiting[name].clear()


def fault_of(asked: Mapping[str, Any]) -> Fault:
    """A fault from JSON or a form; `times` may be missing (one answer), null, or empty (until cleared)."""
    ours = {"agency", "kind", "times", "path"}
    values = {name: value for name, value in asked.items() if name not in ours and value != ""}
    times = asked.get("times", 1)
    return Fault(
        kind=str(asked.get("kind", "")),
        times=None if times in (None, "") else int(times),
        path=str(asked.get("path", "")),
        values=values,
    )

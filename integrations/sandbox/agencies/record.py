"""What each agency was asked, so that a test can say what never was. Never a credential or a body."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from integrations.sandbox.agencies.messages import Request

KEPT = 2_000


@dataclass
class Record:
    """The last requests of each agency, and how often each path was asked at all."""

    _last: defaultdict[str, deque[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=KEPT))
    )
    _paths: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, agency: str, request: Request, status: int) -> None:
        """Keep one request."""
        told = {"method": request.method, "path": request.path, "query": request.query, "status": status}
        headers = {name: value for name, value in request.headers.items() if name != "authorization"}
        self._last[agency].append({**told, "headers": headers, "bearer": request.bearer is not None})
        self._paths[agency][request.path] += 1

    def of(self, agency: str) -> dict[str, Any]:
        """The last requests, oldest first, and the count of each path."""
        return {"last": list(self._last[agency]), "paths": dict(self._paths[agency])}

    def clear(self) -> None:
        """Forget everything."""
        self._last.clear()
        self._paths.clear()

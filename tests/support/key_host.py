"""A web server that serves one key set, as an application's own JWKS address does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc.jwk import RSAKey


@dataclass
class KeyHost:
    """`keys` are the public keys served just now; `callers` the user agents that asked."""

    url: str = ""
    keys: list[dict[str, Any]] = field(default_factory=list)
    callers: list[str] = field(default_factory=list)

    def serve(self, *keys: RSAKey) -> None:
        """Serve exactly these from now on."""
        self.keys = [key.as_dict(private=False) for key in keys]


@contextmanager
def key_host() -> Iterator[KeyHost]:
    """A server on a free port for the length of the block."""
    host = KeyHost()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.callers.append(self.headers.get("User-Agent", ""))
            body = json.dumps({"keys": host.keys}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    host.url = f"http://127.0.0.1:{server.server_address[1]}/jwks.json"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

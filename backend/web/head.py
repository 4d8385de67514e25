"""HEAD answers as GET would, without the body: monitors and link checkers ask so."""

from __future__ import annotations

from typing import Any

from litestar.types import ASGIApp, Message, Receive, Send

from backend.web.wrapping import is_http


class Head:
    """Wraps the application inside its log line, which still says HEAD. Whoever asks so is given no cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if not is_http(scope) or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        asked: Any = {**scope, "method": "GET"}  # a copy: the server reads its own scope to know that no body comes

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [one for one in message.get("headers", ()) if one[0].lower() != b"set-cookie"]
            elif message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        try:
            await self.app(asked, receive, send_head)
        finally:
            if "path_template" in asked:
                scope["path_template"] = asked["path_template"]

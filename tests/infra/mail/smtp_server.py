"""A mail server for tests: speaks as much of RFC 5321 as a client needs, and answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """`answers` gives another answer to a verb than the usual one."""

    answers: dict[str, str] = field(default_factory=dict)
    mails: list[str] = field(default_factory=list)
    port: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        while line := (await reader.readline()).decode().strip():
            verb = line.split()[0].upper()
            answer = self.answers.get(verb) or {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok")
            writer.write(f"{answer}\r\n".encode())
            if answer.startswith("354"):
                self.mails.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                writer.write(b"250 taken as 1\r\n")
            if verb == "QUIT":
                break
        writer.close()


@asynccontextmanager
async def mail_server(**answers: str) -> AsyncIterator[MailServer]:
    """A running mail server."""
    state = MailServer(answers=answers)
    server = await asyncio.start_server(state.talk, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    async with server:
        yield state

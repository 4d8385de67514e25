"""Emails that stay on this machine: one file each, or lines on the console. For demo, tests and development."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from infra.mail.message import Message, as_email


@dataclass(frozen=True, kw_only=True)
class FileTransport:
    """Writes `REFERENCE.eml` into a folder; sent again, it is the same file."""

    folder: Path
    sender: str
    name: str = "file"

    async def send(self, message: Message, *, again: bool) -> str:
        """Write the file whole or not at all; return its name."""
        content = as_email(message, sender=self.sender).as_bytes()
        return await asyncio.to_thread(self._write, f"{message.reference}.eml", content)

    def _write(self, name: str, content: bytes) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        half_done = self.folder / f".{name}.{os.getpid()}"
        half_done.write_bytes(content)
        half_done.replace(self.folder / name)
        return name


@dataclass(frozen=True, kw_only=True)
class ConsoleTransport:
    """Writes the email to the console."""

    sender: str
    name: str = "console"
    stream: TextIO = field(default_factory=lambda: sys.stdout)

    async def send(self, message: Message, *, again: bool) -> str:
        """Write the email between two rules; return its reference."""
        as_email(message, sender=self.sender)
        lines = (f"To: {message.to}", f"Subject: {message.subject}", "", message.body)
        self.stream.write("\n".join(("-" * 72, *lines, "-" * 72, "")))
        self.stream.flush()
        return str(message.reference)

"""Each way of sending an email: what arrives, what happens when it is refused, and that twice is the same as once."""

from __future__ import annotations

import io
import os
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from infra.ids import uuid7
from infra.mail import MailRefused, MailUnavailable, Message
from infra.mail.choose import transport_of
from infra.mail.local import ConsoleTransport, FileTransport
from infra.mail.smtp import SmtpTransport
from infra.settings import Settings
from tests.infra.mail.smtp_server import MailServer, mail_server

SENDER = "concordat@example.org"
MESSAGE = Message(
    reference=uuid7(), to="ada@example.org", subject="Return due – Sørenby", body="Dear Ada,\n\nIt’s due on Friday.\n"
)


def smtp(server: MailServer, **other: str) -> SmtpTransport:
    return SmtpTransport(host="127.0.0.1", port=server.port, sender=SENDER, **other)


async def test_a_file_holds_the_whole_email(tmp_path: Path) -> None:
    name = await FileTransport(folder=tmp_path / "mail", sender=SENDER).send(MESSAGE, again=False)
    email = BytesParser(policy=policy.default).parsebytes((tmp_path / "mail" / name).read_bytes())
    assert (email["To"], email["From"], email["Subject"]) == (MESSAGE.to, SENDER, MESSAGE.subject)
    assert email["Message-ID"] == f"<{MESSAGE.reference}@example.org>"
    assert email.get_body().get_content().replace("\r\n", "\n") == MESSAGE.body


async def test_a_file_written_twice_is_one_file_and_no_scrap_stays(tmp_path: Path) -> None:
    for again in (False, True):
        await FileTransport(folder=tmp_path, sender=SENDER).send(MESSAGE, again=again)
    assert os.listdir(tmp_path) == [f"{MESSAGE.reference}.eml"]


async def test_the_console_shows_the_email() -> None:
    stream = io.StringIO()
    await ConsoleTransport(sender=SENDER, stream=stream).send(MESSAGE, again=False)
    assert MESSAGE.body in stream.getvalue()
    assert f"To: {MESSAGE.to}" in stream.getvalue()


async def test_smtp_hands_the_email_to_the_server() -> None:
    async with mail_server() as server:
        assert await smtp(server).send(MESSAGE, again=False) == "taken as 1"
    assert "To: ada@example.org" in server.mails[0]


@pytest.mark.parametrize(
    ("verb", "answer", "error"),
    [
        ("RCPT", "550 no such box", MailRefused),
        ("RCPT", "451 grey listed", MailUnavailable),
        ("MAIL", "421 too many", MailUnavailable),
        ("DATA", "554 spam", MailRefused),
    ],
)
async def test_smtp_a_5xx_is_final_and_a_4xx_is_not(verb: str, answer: str, error: type[Exception]) -> None:
    async with mail_server(**{verb: answer}) as server:
        with pytest.raises(error, match=answer[:3]) as told:
            await smtp(server).send(MESSAGE, again=False)
    assert "ada@" not in str(told.value)


async def test_smtp_no_server_is_not_final() -> None:
    with pytest.raises(MailUnavailable):
        await SmtpTransport(host="127.0.0.1", port=9, sender=SENDER).send(MESSAGE, again=False)


async def test_smtp_never_shows_a_password_to_a_server_that_offers_no_encryption() -> None:
    async with mail_server(EHLO="250 AUTH PLAIN LOGIN") as server:
        with pytest.raises(MailUnavailable):
            await smtp(server, username="concordat", password="secret").send(MESSAGE, again=False)
    assert server.mails == []


@pytest.mark.parametrize(
    ("to", "subject"), [("ada@example.org\r\nBcc: all@example.org", "Hello"), ("ada@example.org", "Hi\r\nBcc: x@y.z")]
)
async def test_an_address_or_subject_cannot_add_headers(tmp_path: Path, to: str, subject: str) -> None:
    message = Message(reference=uuid7(), to=to, subject=subject, body="x")
    with pytest.raises(MailRefused):
        await FileTransport(folder=tmp_path, sender=SENDER).send(message, again=False)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["file", "console", "smtp"])
def test_the_settings_name_the_transport(name: str) -> None:
    settings = Settings(mail_transport=name, smtp_host="localhost")
    assert transport_of(settings).name == name

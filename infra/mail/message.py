"""An email, and what every way of sending one promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from typing import Protocol
from uuid import UUID

from infra.queue.errors import JobError


class MailRefused(JobError):
    """The mail will never be sent: the address or the message was refused. Shown, so without the address."""


class MailUnavailable(JobError):
    """The mail was not sent now; later it may be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A plain-text email. `reference` is ours, the same at every attempt."""

    reference: UUID
    to: str
    subject: str
    body: str


class Transport(Protocol):
    """A way of sending."""

    @property
    def name(self) -> str:
        """What the mail's row says it was sent by."""
        ...

    async def send(self, message: Message, *, again: bool) -> str:
        """Send and return the provider's reference. `again`: an earlier attempt may have got through unnoticed.

        Raises `MailRefused` or `MailUnavailable`.
        """
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What became of a mail in the end, and when: `delivered`, or a permanent, temporary or technical failure."""

    outcome: str
    happened: datetime


class Receipts(Protocol):
    """A provider that can be asked what became of a mail."""

    @property
    def patience(self) -> timedelta:
        """How long after sending it makes sense to ask."""
        ...

    async def outcome(self, *, reference: UUID) -> Receipt | None:
        """Return the receipt of the mail we sent under a reference; None while there is none.

        Raises `MailUnavailable`.
        """
        ...


def as_email(message: Message, *, sender: str) -> EmailMessage:
    """Return the message in the form of RFC 5322; raises `MailRefused` when an address or the subject cannot be."""
    email = EmailMessage(policy=SMTP)
    try:
        email["From"] = sender
        email["To"] = message.to
        email["Subject"] = message.subject
        email["Message-ID"] = f"<{message.reference}@{sender.rpartition('@')[2]}>"
    except (ValueError, IndexError) as error:
        raise MailRefused("The address or the subject is not one that an email can have.") from error
    email["Date"] = formatdate(usegmt=True)
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.body, cte="quoted-printable")
    return email

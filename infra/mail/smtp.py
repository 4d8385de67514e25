"""Emails by SMTP (RFC 5321), encrypted whenever an account is used or the server offers it."""

from __future__ import annotations

from dataclasses import dataclass, field

import aiosmtplib
from aiosmtplib.errors import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from infra.mail.message import MailRefused, MailUnavailable, Message, as_email

TIMEOUT_SECONDS = 30
_IMPLICIT_TLS = 465
_FOR_EVER = 500


@dataclass(frozen=True, kw_only=True)
class SmtpTransport:
    """Hands emails to one mail server. The Message-ID is the same at every attempt, so servers may drop a second."""

    host: str
    port: int
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    name: str = "smtp"

    async def send(self, message: Message, *, again: bool) -> str:
        """Return the server's last words; raises `MailRefused` for a 5xx answer, else `MailUnavailable`."""
        email = as_email(message, sender=self.sender)
        implicit = self.port == _IMPLICIT_TLS
        try:
            _, words = await aiosmtplib.send(
                email,
                hostname=self.host,
                port=self.port,
                username=self.username or None,
                password=self.password or None,
                use_tls=implicit,
                start_tls=None if implicit or not self.username else True,
                timeout=TIMEOUT_SECONDS,
            )
        except SMTPRecipientsRefused as error:
            raise _judged(max(recipient.code for recipient in error.recipients)) from error
        except SMTPResponseException as error:
            raise _judged(error.code) from error
        except (SMTPException, OSError) as error:
            raise MailUnavailable(f"The mail server did not take it ({type(error).__name__}).") from error
        return words[:200]


def _judged(code: int) -> MailRefused | MailUnavailable:
    if code >= _FOR_EVER:
        return MailRefused(f"The mail server refused it (code {code}).")
    return MailUnavailable(f"The mail server asked to try later (code {code}).")

"""The way of sending that the settings name."""

from __future__ import annotations

from infra.mail.local import ConsoleTransport, FileTransport
from infra.mail.message import Transport
from infra.mail.smtp import SmtpTransport
from infra.settings import Settings


def transport_of(settings: Settings) -> Transport:
    """Return the transport of this house's own; GOV.UK Notify is an outside system, made where it is wired in."""
    match settings.mail_transport:
        case "smtp":
            return SmtpTransport(
                host=settings.smtp_host,
                port=settings.smtp_port,
                sender=settings.mail_from,
                username=settings.smtp_username,
                password=settings.smtp_password.get_secret_value(),
            )
        case "console":
            return ConsoleTransport(sender=settings.mail_from)
        case "file":
            return FileTransport(folder=settings.mail_folder, sender=settings.mail_from)
    raise ValueError(f"no transport of our own is called {settings.mail_transport}")

"""Sending one email: to a file, to the console, or by SMTP. Other ways fit the same `Transport`."""

from infra.mail.message import MailRefused, MailUnavailable, Message, Receipt, Receipts, Transport

__all__ = ["MailRefused", "MailUnavailable", "Message", "Receipt", "Receipts", "Transport"]

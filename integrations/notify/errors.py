"""What GOV.UK Notify may answer instead of sending."""

from __future__ import annotations


class NotifyError(Exception):
    """Notify did not take the email; the text holds no address and no part of the email."""


class NotifyRefused(NotifyError):
    """Notify will not take this email, now or later: a wrong address, template or key (400, 403, 404)."""


class NotifyBusy(NotifyError):
    """Notify takes no more just now: the rate or the daily limit (429)."""


class NotifyDown(NotifyError):
    """Notify could not be reached or failed itself (5xx, deadline)."""

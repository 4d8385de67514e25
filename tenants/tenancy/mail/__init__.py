"""Emails to people: written with the change that causes them, sent by the worker, visible to the area.

A mail holds ids and short facts for its template, never a link's secret: the worker computes that when it writes
the email. To add one, put a template into `templates/` and call `send_mail` in the service's transaction.
"""

from tenants.tenancy.mail.service import send_mail

__all__ = ["send_mail"]

"""GOV.UK Notify as a way of sending mail: one Notify template with the fields `subject` and `body`."""

from __future__ import annotations

from dataclasses import dataclass

from infra.mail import MailRefused, MailUnavailable, Message
from integrations.notify.client import NotifyClient
from integrations.notify.errors import NotifyBusy, NotifyDown, NotifyRefused


@dataclass(frozen=True, kw_only=True)
class NotifyTransport:
    """Sends through Notify; the mail's own id is Notify's reference."""

    client: NotifyClient
    template_id: str
    name: str = "notify"

    async def send(self, message: Message, *, again: bool) -> str:
        """Return Notify's id of the email; `again` looks for one sent under the same reference first."""
        reference = str(message.reference)
        try:
            if again and (found := await self.client.find(reference=reference)):
                return found[0].id
            sent = await self.client.send_email(
                to=message.to,
                template_id=self.template_id,
                personalisation={"subject": message.subject, "body": message.body},
                reference=reference,
            )
        except NotifyRefused as error:
            raise MailRefused(str(error)) from error
        except (NotifyBusy, NotifyDown) as error:
            raise MailUnavailable(str(error)) from error
        return sent.id

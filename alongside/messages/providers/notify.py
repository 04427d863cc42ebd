"""E-mail and texts by GOV.UK Notify, which keeps our reference and can be asked about it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from alongside.messages.providers.kinds import Found, Letter, NotGone, NotKnown
from alongside.people.models import Channel

CAME_BACK = {"permanent-failure", "temporary-failure", "technical-failure"}


class Notify:
    """GOV.UK Notify."""

    can_be_asked = True

    def __init__(self) -> None:
        self.client = NotificationsAPIClient(settings.NOTIFY_KEY, base_url=settings.NOTIFY_URL, timeout=30)

    def hand_over(self, letter: Letter) -> str:
        """Send it with our reference."""
        try:
            return str(self._send(letter)["id"])
        except APIError as error:
            raise _understood(error) from error
        except (KeyError, TypeError) as error:
            raise NotKnown(_("GOV.UK Notify did not answer clearly.")) from error

    def _send(self, letter: Letter) -> Any:
        if letter.channel == Channel.TEXT:
            return self.client.send_sms_notification(
                letter.address,
                settings.NOTIFY_TEXT_TEMPLATE,
                personalisation={"words": letter.words},
                reference=letter.reference,
            )
        return self.client.send_email_notification(
            letter.address,
            settings.NOTIFY_EMAIL_TEMPLATE,
            personalisation={"subject": letter.subject, "words": letter.words},
            reference=letter.reference,
        )

    def look_up(self, reference: str) -> tuple[Found, str]:
        """Ask Notify what became of it."""
        try:
            answer = self.client.get_all_notifications(reference=reference)
            found = [(one["status"], str(one["id"])) for one in answer["notifications"]]
        except (APIError, KeyError, TypeError) as error:
            # Also what is no answer of theirs: a page of some box in between.
            raise NotGone(_("GOV.UK Notify could not be asked.")) from error
        if not found:
            return Found.NOT_GONE, ""
        theirs = found[0][1]
        if any(status == "delivered" for status, _id in found):
            return Found.ARRIVED, theirs
        came_back = all(status in CAME_BACK for status, _id in found)
        return (Found.CAME_BACK if came_back else Found.GONE), theirs


def _understood(error: APIError) -> NotGone | NotKnown:
    """What Notify's answer means for the message, in a sentence that quotes nothing of it."""
    code = error.status_code
    if code == 400:
        return NotGone(_("GOV.UK Notify says that the address or the template is not right."), for_good=True)
    if code in (401, 403, 404):
        return NotGone(_("GOV.UK Notify did not accept our key (%(code)s).") % {"code": code})
    if code == 429:
        return NotGone(_("GOV.UK Notify asked us to wait."))
    return NotKnown(_("GOV.UK Notify did not answer clearly (%(code)s).") % {"code": code})

"""E-mail and texts by GOV.UK Notify, which keeps our reference and can be asked about it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from notifications_python_client.errors import HTTPError
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
            answer = self._send(letter)
        except HTTPError as error:
            raise _understood(error) from error
        return str(answer["id"])

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
            found = self.client.get_all_notifications(reference=reference)["notifications"]
        except HTTPError as error:
            raise NotGone(_("GOV.UK Notify could not be asked.")) from error
        if not found:
            return Found.NOT_GONE, ""
        if any(one["status"] == "delivered" for one in found):
            return Found.ARRIVED, str(found[0]["id"])
        came_back = all(one["status"] in CAME_BACK for one in found)
        return (Found.CAME_BACK if came_back else Found.GONE), str(found[0]["id"])


def _understood(error: HTTPError) -> NotGone | NotKnown:
    """What Notify's answer means for the message, in a sentence that quotes nothing of it."""
    code = error.status_code
    if code == 400:
        return NotGone(_("GOV.UK Notify says that the address or the template is not right."), for_good=True)
    if code in (401, 403, 404):
        return NotGone(_("GOV.UK Notify did not accept our key (%(code)s).") % {"code": code})
    if code == 429:
        return NotGone(_("GOV.UK Notify asked us to wait."))
    return NotKnown(_("GOV.UK Notify did not answer clearly (%(code)s).") % {"code": code})

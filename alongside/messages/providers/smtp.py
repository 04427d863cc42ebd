"""E-mail by any server that speaks SMTP.

SMTP has no way to ask afterwards whether a message went. Where the line broke in the middle we say so, and
a human decides: better a question to the sender than the same words twice to somebody having a bad week.
"""

import hashlib
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from alongside.messages.providers.kinds import Found, Letter, NotGone, NotKnown


def message_id(reference: str) -> str:
    """The Message-ID made of our reference: always the same, so that mail servers can drop a second copy."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    return f"<{hashlib.sha256(reference.encode()).hexdigest()[:40]}@{host}>"


class Smtp:
    """The place's own mail server."""

    can_be_asked = False

    def hand_over(self, letter: Letter) -> str:
        """Send it. Until the server has said yes to the whole message, a broken line means we do not know."""
        post = get_connection()
        self._open(post)
        try:
            self._send(post, letter)
        finally:
            # A server that hangs up after saying yes changes nothing.
            post.fail_silently = True
            post.close()
        return message_id(letter.reference)

    def _open(self, post) -> None:
        try:
            post.open()
        except smtplib.SMTPAuthenticationError as error:
            raise NotGone(_("The mail server did not accept our name and password.")) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotGone(_("The mail server could not be reached.")) from error

    def _send(self, post, letter: Letter) -> None:
        email = EmailMessage(
            letter.subject,
            letter.words,
            to=[letter.address],
            headers={"Message-ID": message_id(letter.reference)},
            connection=post,
        )
        try:
            email.send()
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise NotGone(
                _("The mail server does not know this address (%(code)s).") % {"code": code},
                for_good=code >= 500,
            ) from error
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
            raise NotGone(
                _("The mail server did not take the message (%(code)s).") % {"code": code},
                for_good=code >= 500,
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotKnown(_("The line to the mail server broke while the message was going out.")) from error

    def look_up(self, reference: str) -> tuple[Found, str]:
        """Nobody can tell."""
        return Found.CANNOT_TELL, ""

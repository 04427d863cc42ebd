"""Forms of django-allauth in our words (named in `settings_sign_in`)."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa import app_settings as mfa
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.core.cache import cache
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from alongside.accounts.forms import KEEP_ME, OWN_DEVICE


def say(field: Field, label: Any, hint: Any = "", missing: Any = "", **attrs: str) -> None:
    """Give a field of the library a label, a hint and a sentence of ours; no grey words inside the box."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)
    if missing:
        field.error_messages["required"] = missing


class SignInForm(LoginForm):
    """A name or e-mail, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(
            self.fields["login"],
            _("Your sign-in name or e-mail"),
            missing=_("Write the name or e-mail you sign in with."),
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
        )
        say(self.fields["password"], _("Your password"), missing=_("Write your password."))
        say(self.fields["remember"], KEEP_ME, OWN_DEVICE)


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["password"], _("Your password"), missing=_("Write your password."))


def _say_code(field: Field, hint: Any) -> None:
    say(field, _("The code"), hint, _("Write the code."), inputmode="numeric", spellcheck="false")


# A phone's code is taken for its own half minute and for the ones beside it: so long it must stay used up.
USED_UP = mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)


class Once:
    """A code that was used is used up for as long as it would be taken; the library forgets it after half a minute."""

    def clean_code(self) -> str:
        """The code, if it is right and was not used."""
        code: str = super().clean_code()  # type: ignore[misc]
        used: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if used.type == Authenticator.Type.TOTP:
            cache.touch(used.wrap()._get_used_cache_key(code), USED_UP)
        return code


class CodeForm(Once, AuthenticateForm):
    """A code from a phone, or one of the spare codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(
            self.fields["code"], _("Six numbers from the app on your phone, or one of your spare codes.")
        )


class CodeAgainForm(Once, ReauthenticateCodeForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(
            self.fields["code"], _("Six numbers from the app on your phone, or one of your spare codes.")
        )


class PhoneCodeForm(ActivateTOTPForm):
    """The first code from a phone, which shows that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"], _("The six numbers your phone shows now."))


class PasskeyForm(AddWebAuthnForm):
    """A name for a passkey. Ours are kept on their device and ask for a face, finger or PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        say(self.fields["name"], _("What do you call this device?"))

    def clean(self) -> dict[str, Any]:
        """A passkey that did not ask for a face, finger or PIN is not one."""
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned

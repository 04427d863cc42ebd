"""Forms of signing in that are ours."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from alongside.accounts import keys

AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


class AskForLinkForm(forms.Form):
    """Where to send a link: an e-mail or a phone number."""

    where = forms.CharField(
        label=_("Your e-mail or phone number"),
        max_length=254,
        widget=forms.TextInput(attrs=AS_TYPED | {"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail or phone number, so that we know where to send it.")
        },
    )


class PaperCodeForm(forms.Form):
    """The code from a sheet of paper."""

    code = forms.CharField(
        label=_("The code on your paper"),
        help_text=_("Twelve letters and numbers. Capitals and dashes do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs=AS_TYPED | {"autocomplete": "off"}),
        error_messages={"required": _("Write the code that is under the square on your paper.")},
    )

    def clean_code(self) -> str:
        """As it is digested, if it can be one of ours at all."""
        code = keys.plain(self.cleaned_data["code"])
        if len(code) != keys.CODE_LENGTH:
            raise forms.ValidationError(
                _("The code has 12 letters and numbers, and this has %(count)s. Look at it again."),
                params={"count": len(code)},
            )
        return code


KEEP_ME = _("Keep me signed in here")
OWN_DEVICE = _("Only on a phone or computer that is your own.")


class StayForm(forms.Form):
    """Whether to stay signed in on this device."""

    stay = forms.BooleanField(label=KEEP_ME, help_text=OWN_DEVICE, required=False)


class PasswordForm(forms.Form):
    """A password of one's own choosing."""

    username = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Your new password"),
        help_text=_("At least 12 letters. Three or four words that you will remember are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the password you would like.")},
    )

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Long enough, and not one that everybody tries first."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

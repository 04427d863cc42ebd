"""Where django-allauth is bent to the ways of this house."""

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from cryptography.fernet import Fernet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.accounts import hooks
from alongside.accounts.models import Account
from alongside.accounts.queries import SECOND
from alongside.kernel.secrets import secret

AGAIN = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from your phone"),
    "mfa_reauthenticate:webauthn": _("Use your face, fingerprint or key"),
}
NOT_RIGHT = _("That did not match. Look at the name and the password again.")
NOT_THIS_CODE = _("That code did not work. It changes every half minute, so try the one you see now.")
SLOWLY = _("That was a lot of tries. Wait a few minutes, or ask for a link instead.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themself up; tries are counted so that nobody can shut somebody else out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NOT_RIGHT,
        "email_password_mismatch": NOT_RIGHT,
        "too_many_login_attempts": SLOWLY,
        "rate_limited": SLOWLY,
        "incorrect_password": _("That is not your password. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account is opened by a person who helps."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Per name *and* address: a stranger elsewhere cannot use up somebody's tries.
        return (
            f"{super()._get_login_attempts_cache_key(request, **credentials)}@{self.get_client_ip(request)}"
        )

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> Any:
        """A page that ends in a person."""
        from django.shortcuts import redirect

        return redirect("account_inactive")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The library's ways, in our words, the passkey first."""
        found = super().get_reauthentication_methods(user)
        named = [way | {"description": AGAIN[way["id"]]} for way in found]
        return sorted(named, key=lambda way: str(way["id"]) != "mfa_reauthenticate:webauthn")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The front door."""
        return reverse("home")


def _cipher() -> Fernet:
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    return Fernet(urlsafe_b64encode(sha256(secret("second_factor_key").encode()).digest()))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are sealed with a key that is not in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": NOT_THIS_CODE,
        "cannot_delete_authenticator": _(
            "People trust you with their stories, so one of these must stay. Add another first."
        ),
        "cannot_generate_recovery_codes": _("First set up a passkey or a code from your phone."),
    }

    def encrypt(self, text: str) -> str:
        """Sealed with the installation's own key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Opened again."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """What the phone shows above the code."""
        return "Alongside"

    def build_totp_svg(self, url: str) -> str:
        """The square to photograph, drawn by us."""
        return segno.make(url, error="m").svg_inline(scale=5, border=2, light="white")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody who needs two."""
        return may_remove(authenticator)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        """A plain name to start from."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(_("My phone or computer")) if not count else f"{_('My phone or computer')} {count + 1}"

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What the device shows beside the passkey: the person's own name, not an internal one."""
        entity = super().get_public_key_credential_user_entity(user)
        called = hooks.person_of(user)[1]
        return entity | {"display_name": called or entity["display_name"], "name": called or entity["name"]}


def may_remove(authenticator: Authenticator) -> bool:
    """Whether this second factor may go: another stays, or its person needs none."""
    from alongside.accounts.second_factor import needs_two

    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND)
    return others.exclude(pk=authenticator.pk).exists() or not needs_two(authenticator.user)


class PlacesOwnAdapter(DefaultSocialAccountAdapter):
    """The place's own sign-in service lets in those who have an account, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: it says who somebody is, a person says whether they belong."""
        return False

    def authenticate_by_email(self, sociallogin: Any) -> Any:
        """By an e-mail that the service says it has checked: "false" is a word of some services, and no yes."""
        for address in sociallogin.email_addresses:
            address.verified = str(address.verified).lower() == "true"
        return super().authenticate_by_email(sociallogin)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A service that does not say who somebody is would make everybody it does so of the same person."""
        if sociallogin.account.uid in ("", "None"):
            raise ImmediateHttpResponse(render_authentication_error(request, sociallogin.provider))

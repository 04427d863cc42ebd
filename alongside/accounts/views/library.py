"""Views of django-allauth in our rooms: our templates, our words, and a line in the audit for each change."""

from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.internal.flows.add import redirect_if_add_not_allowed
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.recovery_codes.internal import flows
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.socialaccount.adapter import get_adapter as social_adapter
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.accounts import hooks, operations, queries, second_factor
from alongside.accounts.adapters import may_remove
from alongside.accounts.models import Account

__all__ = ["redirect_if_add_not_allowed"]


class SignIn(account.LoginView):
    """The page to sign in at: passkey, password, link, paper, the place's own service."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which other doors there are."""
        services = [
            {"name": one.name, "url": one.get_login_url(self.request)}
            for one in social_adapter().list_providers(self.request)
        ]
        return super().get_context_data(**kwargs) | {
            "services": services,
            "whom": hooks.somebody_at_the_door(),
        }


class SignOut(account.LogoutView):
    """Going away: the browser lets go of what it holds of this place."""

    template_name = "accounts/sign_out.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """All of it where nothing waits to be sent; where sealed moments wait, its script took away the rest."""
        response = super().post(*args, **kwargs)
        everything = self.request.POST.get("nothing_waits") == "yes"
        response["Clear-Site-Data"] = '"cache", "storage"' if everything else '"cache"'
        return response


class Changes:
    """For views that change how one signs in: what they did is written down."""

    request: Any

    def note(self, what: str, sentence: str) -> None:
        """A line in the audit, and a word to the person."""
        mine = cast(Account, self.request.user)
        operations.note_second_factor(by=self.request.viewer, account=mine, what=what)
        messages.success(self.request, sentence)


class AddPasskey(Changes, webauthn.AddWebAuthnView):
    """Make a passkey on this device."""

    template_name = "accounts/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked for: a key that stays on the device and asks for face, finger or PIN."""
        context = super().get_context_data(**kwargs)
        options = begin_registration(self.request.user, passwordless=True)
        return context | {"form": kwargs.get("form") or self.get_form(), "options": options}

    def get_success_url(self) -> str:
        """Back to how one signs in, where the spare codes wait."""
        return reverse("second_factor")

    def form_valid(self, form: Any) -> HttpResponse:
        """It is there, and it was shown."""
        response = super().form_valid(form)
        second_factor.note_shown(self.request, "webauthn")
        self.note("passkey added", _("From now on you can come in with this device."))
        return response


class RemovePasskey(Changes, webauthn.RemoveWebAuthnView):
    """Take a passkey away."""

    template_name = "accounts/remove_passkey.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Unless it is the last one of somebody who needs it."""
        if not may_remove(self.get_object()):
            messages.warning(self.request, _("People trust you with their stories. Add another way first."))
            return redirect("second_factor")
        super().form_valid(form)
        self.note("passkey removed", _("That device does not open your page any more."))
        return redirect("second_factor")


class PhoneCode(Changes, totp.ActivateTOTPView):
    """Have codes from an app on a phone."""

    template_name = "accounts/phone_code.html"

    def get_success_url(self) -> str:
        """Back to how one signs in, where the spare codes wait."""
        return reverse("second_factor")

    def form_valid(self, form: Any) -> HttpResponse:
        """It works, and it was shown."""
        response = super().form_valid(form)
        second_factor.note_shown(self.request, "totp")
        self.note("phone code set up", _("Your phone gives you codes now."))
        return response


class NoPhoneCode(Changes, totp.DeactivateTOTPView):
    """Have no more codes from a phone."""

    template_name = "accounts/no_phone_code.html"

    def get_success_url(self) -> str:
        """Back to how one signs in."""
        return reverse("second_factor")

    def form_valid(self, form: Any) -> HttpResponse:
        """Unless it is the last one of somebody who needs it (the form refuses)."""
        response = super().form_valid(form)
        self.note("phone code removed", _("Codes from that phone do not work any more."))
        return response


class SpareCodes(Changes, spare.GenerateRecoveryCodesView):
    """Ten spare codes, shown once, in the answer to the button; nothing is written by looking."""

    template_name = "accounts/spare_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Make new ones and show them."""
        codes = flows.generate_recovery_codes(self.request).wrap()
        codes.mark_as_viewed()
        self.note("spare codes made", _("These are your new spare codes. Older ones do not work any more."))
        return render(self.request, "accounts/spare_codes_shown.html", {"codes": codes.get_unused_codes()})


class SecondStep(base.AuthenticateView):
    """The second step of coming in."""

    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Only the ways this person has, and what the browser is asked for."""
        context = super().get_context_data(**kwargs)
        kinds = queries.kinds_of(self.stage.login.user)
        return context | {
            "passkey": Authenticator.Type.WEBAUTHN in kinds,
            "code": bool(kinds - {Authenticator.Type.WEBAUTHN}),
            "options": context["js_data"]["request_options"],
            "whom": hooks.somebody_at_the_door(),
        }


class PasskeyAgain(webauthn.ReauthenticateWebAuthnView):
    """Show a passkey again, before something that matters."""

    template_name = "accounts/passkey_again.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked for."""
        context = super().get_context_data(**kwargs)
        return context | {"form": self.get_form(), "options": context["js_data"]["request_options"]}

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """Try again, here."""
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return redirect(self.request.get_full_path())


sign_in = SignIn.as_view()
sign_out = SignOut.as_view()
inactive = account.AccountInactiveView.as_view(template_name="accounts/inactive.html")
password_again = account.ReauthenticateView.as_view(template_name="accounts/password_again.html")
second_step = SecondStep.as_view()
code_again = base.ReauthenticateView.as_view(template_name="accounts/code_again.html")
passkey_again = PasskeyAgain.as_view()
passkey_sign_in = webauthn.login_webauthn
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
phone_code = PhoneCode.as_view()
no_phone_code = NoPhoneCode.as_view()
spare_codes = SpareCodes.as_view()

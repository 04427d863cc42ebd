"""The addresses of signing in. The library's views are mounted one by one, each with who may see it."""

from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.urls import path

from alongside.accounts.before import about_oneself, before_anyone_acts
from alongside.accounts.views import door, library, own
from alongside.kernel.policy import open_to_all

sign_in = before_anyone_acts("the page to sign in at")(library.sign_in)
sign_out = open_to_all("leaving must never need anything")(library.sign_out)
second_step = before_anyone_acts("the second step of signing in")(library.second_step)
passkey_sign_in = before_anyone_acts("signing in with a passkey")(library.passkey_sign_in)
inactive = before_anyone_acts("an account that was closed is told so")(library.inactive)
overview = own.overview
sessions = own.sessions

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/out/", sign_out, name="account_logout"),
    path("sign-in/out/", sign_out, name="sign_out"),
    path("sign-in/closed/", inactive, name="account_inactive"),
    path("sign-in/second/", second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-in/ask/", door.ask, name="sign_in_link"),
    path("sign-in/asked/", door.asked, name="sign_in_link_asked"),
    path("sign-in/link/<str:key>/", door.with_link, name="sign_in_with_link"),
    path("sign-in/code/", door.with_code, name="sign_in_with_code"),
    path("sign-in/paper/<uuid:account_id>/", own.print_link, name="print_sign_in_link"),
    path("me/sign-in/", overview, name="mfa_index"),
    path("me/sign-in/", overview, name="second_factor"),
    path("me/sign-in/again/", about_oneself(library.password_again), name="account_reauthenticate"),
    path("me/sign-in/again/code/", about_oneself(library.code_again), name="mfa_reauthenticate"),
    path(
        "me/sign-in/again/passkey/", about_oneself(library.passkey_again), name="mfa_reauthenticate_webauthn"
    ),
    path("me/sign-in/passkey/", about_oneself(library.add_passkey), name="mfa_add_webauthn"),
    path("me/sign-in/passkey/list/", overview, name="mfa_list_webauthn"),
    path("me/sign-in/passkey/<int:pk>/", about_oneself(library.remove_passkey), name="mfa_remove_webauthn"),
    path("me/sign-in/phone/", about_oneself(library.phone_code), name="mfa_activate_totp"),
    path("me/sign-in/phone/off/", about_oneself(library.no_phone_code), name="mfa_deactivate_totp"),
    path("me/sign-in/spare-codes/", about_oneself(library.spare_codes), name="mfa_generate_recovery_codes"),
    path("me/sign-in/password/", own.password, name="choose_password"),
    path("me/sessions/", sessions, name="usersessions_list"),
    path("me/sessions/", sessions, name="sessions"),
    path("me/sessions/links/<uuid:link_id>/", own.take_back_link, name="take_back_sign_in_link"),
]

SERVICE = "signing in through the place's own service"
cancelled = social.LoginCancelledView.as_view(template_name="accounts/service_cancelled.html")
with_service = [
    path(
        "sign-in/with/<str:provider_id>/",
        before_anyone_acts(SERVICE)(oidc.login),
        name="openid_connect_login",
    ),
    path(
        "sign-in/with/<str:provider_id>/back/",
        before_anyone_acts(SERVICE)(oidc.callback),
        name="openid_connect_callback",
    ),
    path("sign-in/with/", before_anyone_acts(SERVICE)(cancelled), name="socialaccount_login_cancelled"),
]
if settings.OIDC_ISSUER:
    urlpatterns += with_service

if settings.DEMO:
    from alongside.accounts.views import demo

    urlpatterns += [path("sign-in/faces/", demo.faces, name="demo_faces")]

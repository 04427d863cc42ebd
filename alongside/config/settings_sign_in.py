"""How people sign in: owned by the room `accounts`."""

import datetime as dt
import os

from alongside.config import flags
from alongside.kernel.folders import data_folder

# Accounts are opened by a person who helps, never by signing oneself up (see docs/adr/0008).
ACCOUNT_ADAPTER = "alongside.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_COOKIE_AGE = 14 * 24 * 3600
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "login": "alongside.accounts.forms.library.SignInForm",
    "reauthenticate": "alongside.accounts.forms.library.PasswordAgainForm",
}
LINK_MINUTES = int(os.environ.get("ALONGSIDE_LINK_MINUTES", "20"))
# How many proxies of our own stand before the server: whose word on the visitor's address is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ALONGSIDE_PROXIES", "0"))

# Nothing here counts by the name that was typed alone: a stranger could keep somebody out with it. A wrong
# password counts for a name *from one address*; a wrong code counts for the account, which only somebody who
# already has its password or link can reach. A link asked for counts per name for exactly as long as a link
# lasts, so whoever is held back has one in hand.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "ask_link": "20/10m/ip",
    "send_link": f"3/{LINK_MINUTES}m/key",
    "use_code": "20/10m/ip",
    # A door that somebody floods stays open for everybody else; whoever is held up keeps their words, and a name.
    "say_hello": "20/10m/ip",
    "add_words": "20/10m/ip",
    # Only wrong words count: from one address, and from everywhere together (see messages/come_back.py).
    "come_back": "20/10m/ip,600/10m/key",
}

MFA_ADAPTER = "alongside.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "alongside.accounts.forms.library.CodeForm",
    "reauthenticate": "alongside.accounts.forms.library.CodeAgainForm",
    "activate_totp": "alongside.accounts.forms.library.PhoneCodeForm",
    "add_webauthn": "alongside.accounts.forms.library.PasskeyForm",
}

# The place's own sign-in service, if it has one.
SOCIALACCOUNT_ADAPTER = "alongside.accounts.adapters.PlacesOwnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
OIDC_ISSUER = os.environ.get("ALONGSIDE_OIDC_ISSUER", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "place",
                "name": os.environ.get("ALONGSIDE_OIDC_NAME", "the council"),
                "client_id": os.environ.get("ALONGSIDE_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("ALONGSIDE_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

SIGN_IN_LINK_LASTS = {
    "email": dt.timedelta(minutes=LINK_MINUTES),
    "text": dt.timedelta(minutes=LINK_MINUTES),
    "printed": dt.timedelta(days=int(os.environ.get("ALONGSIDE_PRINTED_LINK_DAYS", "7"))),
}
# Asking for a link takes this long at least, so that the time tells nobody who is known.
ASKING_TAKES = dt.timedelta(seconds=0 if flags.testing() else 0.5)

# What this room needs to know from rooms above it.
SECOND_FACTOR_WANTED_BY = "alongside.consent.second_factor.holds_others_stories"
MAY_HELP_SIGN_IN = "alongside.consent.second_factor.may_help_sign_in"
MAY_OPEN_ACCOUNTS = "alongside.consent.second_factor.may_open_accounts"
FIND_ACCOUNT = "alongside.people.sign_in.find_account"
PERSON_OF_ACCOUNT = "alongside.people.sign_in.person_of"
DEMO_FACES = "alongside.people.sign_in.faces"
SOMEBODY_AT_THE_DOOR = "alongside.people.door.somebody_at_the_door"
SEND_SIGN_IN_LINK = "alongside.messages.sign_in.send_link"

# Holds counts of attempts and nothing else. Files, so that the server's workers count together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if flags.testing()
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": data_folder() / "counts",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

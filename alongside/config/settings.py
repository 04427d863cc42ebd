"""Settings of one installation. What differs between places comes from the environment or the data folder."""

import os
from pathlib import Path

from alongside.config import flags
from alongside.config.settings_defences import HTTPS
from alongside.kernel.folders import data_folder
from alongside.kernel.postgres import addresses, django_database
from alongside.kernel.secrets import secret

ROOT = Path(__file__).resolve().parents[2]
DATA = data_folder()

# True only in the process that `alongside demo` starts: nothing else can switch it on.
DEMO = flags.demo()
DEBUG = False
TESTING = flags.testing()

SECRET_KEY = secret("secret_key")
ALLOWED_HOSTS = os.environ.get("ALONGSIDE_HOSTS", "127.0.0.1,localhost,testserver").split(",")

INSTALLED_APPS = [
    "alongside.kernel",
    "alongside.design",
    "alongside.audit",
    "alongside.accounts",
    "alongside.people",
    "alongside.consent",
    "alongside.messages",
    "alongside.story",
    "alongside.doings",
    "alongside.walks",
    "alongside.pages",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "alongside.config.running.middleware.Counted",
    "django.middleware.security.SecurityMiddleware",
    "alongside.pages.defences.Told",
    "csp.middleware.CSPMiddleware",
    "alongside.config.running.middleware.BeforeTheDoor",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.accounts.middleware.NothingStaysBehind",
    # Before the first who reads what was sent.
    "alongside.pages.defences.NotTooMuch",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # From here on there is one transaction, and the database knows who acts.
    "alongside.people.middleware.Entering",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.people.middleware.Viewer",
    "alongside.people.middleware.Language",
    "alongside.pages.refusals.Refusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "alongside.accounts.middleware.AtTheDoor",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "alongside.pages.context.around_every_page",
            ],
        },
    },
]
FORM_RENDERER = "alongside.design.renderer.Renderer"

# The mypy plug-in and `--help` need settings and no server.
_found = flags.no_database() or addresses()
DATABASES = {"default": django_database(_found.app)}
if _found.owner:
    DATABASES["owner"] = django_database(_found.owner) | {"TEST": {"MIRROR": "default"}}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "alongside.accounts.backends.OneLook",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "alongside.pages.errors.form_too_old"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
# Each has a catalogue in `locale`; what a machine drafted there says so on the page until a person has read it.
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [ROOT / "alongside" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = DEMO or TESTING
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = UPLOADS = DATA / "uploads"

# Whoever holds this token reads the house's numbers at /metrics/; without one there is no such page.
METRICS_TOKEN = os.environ.get("ALONGSIDE_METRICS_TOKEN", "")
# Where a visitor comes from is written down only where a place has a reason to.
LOG_ADDRESSES = os.environ.get("ALONGSIDE_LOG_ADDRESSES", "") == "1"
# Requests and faults go to the standard error, a line of JSON each, without a word that somebody said.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"wordless": {"()": "alongside.config.logs.Wordless"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A refusal or an address that is not there is no fault.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # Whoever looks around the demo reads what it says, and not a line for every picture.
        "alongside.requests": {"level": "WARNING" if DEMO or TESTING else "INFO"},
    },
}

# Where the seals of the audit go, off this machine: a folder that lies elsewhere, and the e-mails of stewards.
AUDIT_FOLDER = os.environ.get("ALONGSIDE_AUDIT_FOLDER", "")
AUDIT_STEWARDS = os.environ.get("ALONGSIDE_AUDIT_STEWARDS", "")

QUICK_EXIT_URL = os.environ.get("ALONGSIDE_QUICK_EXIT", "https://www.bbc.co.uk/weather")
SILENCED_SYSTEM_CHECKS = ["models.W042"]

from alongside.config.settings_defences import *  # noqa: E402, F403
from alongside.config.settings_mail import *  # noqa: E402, F403
from alongside.config.settings_sign_in import *  # noqa: E402, F403

# Behind a proxy of ours the last step is not encrypted; its word is taken that the first one was.
BEHIND_OURS = HTTPS and ALLAUTH_TRUSTED_PROXY_COUNT > 0  # noqa: F405
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_OURS else None

"""What the environment says of a place, and what it cannot say: read by a process of its own."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ASK = """
import json, sys
from alongside.config import settings
names = json.loads(sys.argv[1])
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""
ASKED = [
    "ALLOWED_HOSTS", "BASE_URL", "CACHES", "CONTENT_SECURITY_POLICY", "CSRF_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS",
    "DEBUG", "DEMO", "DATABASES", "DOOR_OPENS", "EMAIL_PORT", "EMAIL_USE_TLS", "MAIL_BY", "MEDIA_ROOT",
    "SECRET_KEY", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE", "SIGN_IN_LINK_LASTS",
    "SOCIALACCOUNT_PROVIDERS", "TESTING", "WHITENOISE_USE_FINDERS", "X_FRAME_OPTIONS", "ASKING_TAKES",
    "ALLAUTH_TRUSTED_PROXY_COUNT", "ACCOUNT_RATE_LIMITS", "LOGGING", "MIDDLEWARE",
    "SECURE_PROXY_SSL_HEADER", "METRICS_TOKEN", "LOG_ADDRESSES",
]  # fmt: skip


def started(folder, **said):
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE", "DATABASE"))
    }
    surroundings = clean | {"ALONGSIDE_NO_DATABASE": "1", "ALONGSIDE_DATA": str(folder)} | said
    return subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(ASKED)],
        env=surroundings, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def settings_of(tmp_path_factory):
    """`settings_of(ALONGSIDE_URL=…)`: the settings of a place whose environment says so; each asked once."""
    folder = tmp_path_factory.mktemp("place")

    @cache
    def asked(**said):
        done = started(folder, **said)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) | {"folder": str(folder)}

    return asked


HTTPS = {
    "ALONGSIDE_URL": "https://alongside.tynebank.example", "ALONGSIDE_HOSTS": "alongside.tynebank.example,other",
    "ALONGSIDE_OIDC_ISSUER": "https://council.example", "ALONGSIDE_OIDC_NAME": "Tynebank Council",
    "ALONGSIDE_LINK_MINUTES": "45", "ALONGSIDE_PRINTED_LINK_DAYS": "3", "ALONGSIDE_PROXIES": "2",
    "ALONGSIDE_SMTP_TLS": "1", "ALONGSIDE_SMTP_PORT": "587", "ALONGSIDE_MAIL_BY": "smtp",
    "ALONGSIDE_DEMO_TICKET": "let me in", "ALONGSIDE_SECRET_KEY": "said from outside",
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(settings_of):
    return settings_of()


@pytest.fixture(scope="module")
def told(settings_of):
    return settings_of(**HTTPS)


def test_a_place_that_was_told_nothing_serves_its_own_machine_alone(plain):
    assert plain["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "testserver"]
    assert plain["BASE_URL"] == "http://127.0.0.1:8000"


def test_without_https_no_browser_is_told_to_want_it(plain):
    assert (plain["SESSION_COOKIE_SECURE"], plain["CSRF_COOKIE_SECURE"]) == (False, False)
    assert plain["SECURE_HSTS_SECONDS"] == 0


def test_with_https_no_cookie_leaves_without_it(told):
    assert (told["SESSION_COOKIE_SECURE"], told["CSRF_COOKIE_SECURE"]) == (True, True)
    assert told["SECURE_HSTS_SECONDS"] == 31536000
    assert told["CSRF_TRUSTED_ORIGINS"] == ["https://alongside.tynebank.example"]
    assert told["ALLOWED_HOSTS"] == ["alongside.tynebank.example", "other"]


@pytest.mark.parametrize("which", ["plain", "told"])
def test_no_environment_makes_a_place_a_workbench_or_a_demo(request, which):
    found = request.getfixturevalue(which)
    assert (found["DEBUG"], found["DEMO"], found["TESTING"]) == (False, False, False)
    assert found["WHITENOISE_USE_FINDERS"] is False
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["X_FRAME_OPTIONS"] == "DENY"


@pytest.mark.parametrize("which", ["plain", "told"])
def test_no_page_runs_a_script_or_shows_a_frame_of_somebody_elses(request, which):
    rules = request.getfixturevalue(which)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert rules["default-src"] == ["'self'"]
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    named = [rule for rule, sources in rules.items() if sources is not True]
    assert not [rule for rule in named if {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(rules[rule])]


def test_a_secret_made_here_is_long_and_stays(plain, settings_of):
    assert len(plain["SECRET_KEY"]) >= 43
    assert settings_of(ALONGSIDE_QUICK_EXIT="https://example.org")["SECRET_KEY"] == plain["SECRET_KEY"]


def test_one_given_from_outside_is_used_and_not_written_down(told):
    assert told["SECRET_KEY"] == "said from outside"
    written = Path(told["folder"], "secrets.json").read_text(encoding="utf-8")
    assert "said from outside" not in written


def test_links_last_as_long_as_the_place_says_and_are_held_back_as_long(plain, told):
    assert plain["SIGN_IN_LINK_LASTS"] == {
        "email": "0:20:00",
        "text": "0:20:00",
        "printed": "7 days, 0:00:00",
    }
    assert told["SIGN_IN_LINK_LASTS"] == {"email": "0:45:00", "text": "0:45:00", "printed": "3 days, 0:00:00"}
    assert plain["ACCOUNT_RATE_LIMITS"]["send_link"] == "3/20m/key"
    assert told["ACCOUNT_RATE_LIMITS"]["send_link"] == "3/45m/key"


def test_nothing_is_counted_by_a_name_alone_for_long(plain):
    # A count by what was typed would let a stranger shut somebody out; those by `key` are named here, each with why.
    by_key = {name for name, rate in plain["ACCOUNT_RATE_LIMITS"].items() if "key" in rate}
    assert by_key == {"login_failed", "send_link", "come_back"}


def test_in_a_place_asking_takes_half_a_second_and_tries_are_counted_by_all_processes(plain):
    assert plain["ASKING_TAKES"] == "0:00:00.500000"
    cache_used = plain["CACHES"]["default"]
    assert cache_used["BACKEND"].endswith("FileBasedCache")
    assert cache_used["LOCATION"] == f"{plain['folder']}/counts"


def test_whose_word_is_taken_on_where_a_visitor_is(plain, told):
    assert (plain["ALLAUTH_TRUSTED_PROXY_COUNT"], told["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (0, 2)


def test_a_proxys_word_on_https_is_taken_where_the_place_has_one_and_is_known_by_https(
    plain, told, settings_of
):
    assert plain["SECURE_PROXY_SSL_HEADER"] is None
    assert told["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert settings_of(ALONGSIDE_URL="https://alongside.example")["SECURE_PROXY_SSL_HEADER"] is None


def test_requests_are_written_down_in_a_place_without_where_they_came_from_and_numbers_are_not_told(plain):
    assert plain["LOGGING"]["loggers"]["alongside.requests"]["level"] == "INFO"
    assert (plain["LOG_ADDRESSES"], plain["METRICS_TOKEN"]) == (False, "")


def test_the_places_own_sign_in_service_is_there_once_it_is_named(plain, told):
    assert plain["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"] == []
    (app,) = told["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert (app["name"], app["settings"]["server_url"]) == ("Tynebank Council", "https://council.example")
    assert told["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["OAUTH_PKCE_ENABLED"] is True


def test_mail_goes_to_the_console_until_the_place_says_otherwise(plain, told):
    assert (plain["MAIL_BY"], plain["EMAIL_PORT"], plain["EMAIL_USE_TLS"]) == ("console", 25, False)
    assert (told["MAIL_BY"], told["EMAIL_PORT"], told["EMAIL_USE_TLS"]) == ("smtp", 587, True)


def test_what_people_give_us_lies_in_the_places_own_folder(plain):
    assert plain["MEDIA_ROOT"] == f"{plain['folder']}/uploads"


def test_no_log_takes_words_with_it(plain):
    assert plain["LOGGING"]["handlers"]["stderr"]["formatter"] == "wordless"
    assert set(plain["LOGGING"]["handlers"]) == {"stderr"}


def test_who_acts_is_known_before_anybody_is_asked_for_and_refusals_are_inside(plain):
    order = [name.rsplit(".", 1)[1] for name in plain["MIDDLEWARE"]]
    wanted = ["CsrfViewMiddleware", "Entering", "Viewer", "Language", "Refusals", "AtTheDoor"]
    assert [name for name in order if name in wanted] == wanted


def test_a_number_that_is_none_stops_the_start(tmp_path):
    done = started(tmp_path, ALONGSIDE_LINK_MINUTES="soon")
    assert done.returncode != 0
    assert "soon" in done.stderr

"""Addresses of databases as texts: read as people write them, and never shown with their passwords."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.postgres import NotReady, django_database
from alongside.kernel.postgres.roles import drop_database, make_database, prepare
from alongside.kernel.postgres.url import Addresses, socket_url, with_database, without_password

OUTSIDE = Addresses("postgresql://app:opensesame@db/place", "postgresql://owner:opensesame@db/place", None)
OURS = Addresses(OUTSIDE.app, OUTSIDE.owner, "postgresql://admin:opensesame@db/place")


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("postgresql://me@db/place", "db", ""),
        ("postgres://me@db:6432/place", "db", "6432"),
        ("postgresql://me@127.0.0.1:1/place", "127.0.0.1", "1"),
        ("postgresql://me@[::1]:5433/place", "::1", "5433"),
        ("postgresql:///place?host=/run/pg&port=5434", "/run/pg", "5434"),
        ("postgresql://me@db/place?host=%2Frun%2Fpg", "/run/pg", ""),
    ],
)
def test_where_a_server_is_can_be_said_in_every_usual_way(address, host, port):
    found = django_database(address)
    assert (found["HOST"], found["PORT"], found["NAME"]) == (host, port, "place")


@pytest.mark.parametrize(
    ("address", "user", "password"),
    [
        ("postgresql://me:p%40ss%2Fword@db/place", "me", "p@ss/word"),
        ("postgresql://db/place?user=me&password=p%26q", "me", "p&q"),
        ("postgresql://me%20too:@db/place", "me too", ""),
        ("postgresql:///place", "", ""),
    ],
)
def test_who_comes_can_be_said_in_every_usual_way(address, user, password):
    found = django_database(address)
    assert (found["USER"], found["PASSWORD"]) == (user, password)


def test_whatever_else_stands_in_an_address_reaches_the_driver():
    options = django_database("postgresql://me@db/place?sslmode=verify-full&sslrootcert=/ca.pem")["OPTIONS"]
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/ca.pem")
    assert "host" not in options
    assert "password" not in options


@pytest.mark.parametrize(
    "wrong", ["", "place", "http://db/place", "sqlite:///place.db", "postgresql://", "postgresql://db/"]
)
def test_what_is_no_address_is_told_with_one_that_is(wrong):
    with pytest.raises(NotReady, match="looks like postgresql://name:password@host:5432/database"):
        django_database(wrong)


@pytest.mark.parametrize("port", ["x", "99999", "5432x"])
def test_a_port_that_is_none_is_told_and_no_password_with_it(port):
    with pytest.raises(NotReady, match=r"port .* is not a number") as told:
        django_database(f"postgresql://me:opensesame@db:{port}/place")
    assert "opensesame" not in str(told.value)


@pytest.mark.parametrize("often", ["-1", "1.5", "often"])
def test_a_number_of_times_that_is_none_is_told(often):
    with pytest.raises(NotReady, match="is a whole number, and this is not"):
        django_database(f"postgresql://db/place?prepare_threshold={often}")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:opensesame@db:1/place",
        "postgresql://me:open%40sesame@/place?host=/run",
        "postgresql://db/p",
    ],
)
def test_an_address_is_shown_without_its_password_and_otherwise_as_it_is(address):
    shown = without_password(address)
    assert "sesame" not in shown
    assert shown.split("@")[-1] == address.split("@")[-1]


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=12))
def test_any_password_and_any_name_come_back_as_they_were(password, name):
    if "\x00" in password + name or set(name) <= set("/"):
        return
    try:
        address = socket_url(role="me", password=password, folder="/run/here, or there", database=name)
    except UnicodeEncodeError:
        return
    found = django_database(address)
    assert (found["PASSWORD"], found["HOST"]) == (password, "/run/here, or there")
    assert found["NAME"] == name.lstrip("/")


def test_another_database_of_the_same_server_keeps_everything_else():
    assert with_database("postgresql://a:b@c:1/first?sslmode=require", "sec ond") == (
        "postgresql://a:b@c:1/sec%20ond?sslmode=require"
    )
    moved = OURS.on_database("second")
    assert [url.rsplit("/", 1)[1] for url in (moved.app, moved.owner, moved.admin)] == ["second"] * 3


def test_a_capacity_that_was_never_given_stays_not_given():
    assert OUTSIDE.on_database("second").admin is None
    assert Addresses(OUTSIDE.app, None, None).on_database("second").owner is None


def test_addresses_in_a_log_give_nothing_away():
    assert "opensesame" not in f"{OURS!r} {OURS}"
    assert repr(Addresses("postgresql://a:opensesame@b/c", None, None)) == (
        "Addresses(app='postgresql://a@b/c', owner=None, admin=None)"
    )


def test_what_needs_the_owner_says_which_setting_is_missing():
    with pytest.raises(NotReady, match="Set DATABASE_OWNER_URL beside DATABASE_URL"):
        Addresses(OUTSIDE.app, None, None).owner_or_refuse()


@pytest.mark.parametrize(
    "does", [prepare, lambda url: make_database(url, "x"), lambda url: drop_database(url, "x")]
)
def test_on_somebody_elses_server_nothing_is_made_or_dropped(does):
    with pytest.raises(NotReady):
        does(OUTSIDE)

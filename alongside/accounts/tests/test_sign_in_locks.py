"""Row-level security of the library's tables: one's own rows, sign-in itself, and nobody else."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from alongside.accounts.models import Account, SignInLink
from alongside.kernel.acting import acting_as, entering, working_on
from alongside.kernel.rows import all_rows, open_tables
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
OWN_TABLES = [EmailAddress, Authenticator, UserSession, SocialAccount, SocialToken, SignInLink, Account]


@pytest.fixture
def trace(trace):
    account = trace.account
    with working_on("sign_in"):
        from alongside.accounts.operations import make_link

        make_link(by=None, account=account, way="email")
    with as_owner():
        EmailAddress.objects.create(user=account, email="trace@tynebank.example")
        Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
        UserSession.objects.create(user=account, ip="192.0.2.1", session_key="k", user_agent="Firefox")
        own = SocialAccount.objects.create(user=account, provider="place", uid="t")
        SocialToken.objects.create(account=own, token="t")
        SocialApp.objects.create(provider="openid_connect", name="x", client_id="x", secret="x")
    return trace


@pytest.mark.parametrize("table", OWN_TABLES)
def test_its_owner_and_sign_in_see_it_and_nobody_else_does(trace, table):
    def seen():
        return table.objects.count()

    steward = cast.serving("Ruth Bell", "place_steward")
    walker = cast.serving("Callum Reay")
    cast.say_so(trace, walker)
    assert seen() == 0, "nobody acts"
    for other in (steward, walker):
        with entering(str(other.account_id)):
            mine = table.objects.exclude(pk=other.account_id).count()
        assert mine == 0, f"{other} acts"
    with entering(str(trace.account_id)):
        assert seen() == 1
    with working_on("sign_in"):
        assert seen() >= 1
    with working_on("messages.send"):
        assert seen() == 0
    with acting_as(trace):
        assert seen() == 0, "a job that acts for a person does not need their secrets"


@pytest.mark.parametrize("table", [EmailAddress, Authenticator, UserSession, SocialAccount])
def test_nobody_adds_a_way_in_for_somebody_else(trace, table):
    dean = cast.person("Dean Pike")
    values = {
        EmailAddress: {"email": "dean@evil.example"},
        Authenticator: {"type": "webauthn", "data": {}},
        UserSession: {"ip": "192.0.2.2", "session_key": "z", "user_agent": ""},
        SocialAccount: {"provider": "place", "uid": "evil"},
    }[table]
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with entering(str(dean.account_id)), refused, transaction.atomic():
        table.objects.create(user_id=trace.account_id, **values)
    with entering(str(dean.account_id)):
        assert table.objects.filter(user_id=trace.account_id).delete()[0] == 0


def test_a_password_cannot_be_changed_by_another_account(trace):
    dean = cast.person("Dean Pike")
    with entering(str(dean.account_id)):
        assert Account.objects.filter(pk=trace.account_id).update(password="x") == 0


def test_the_table_of_outside_services_is_closed_to_all(trace):
    with working_on("sign_in"):
        assert not SocialApp.objects.exists()
    with entering(str(trace.account_id)):
        assert not SocialApp.objects.exists()


def test_every_table_of_signing_in_is_declared_and_forced(trace):
    ours = {"account", "mfa", "usersessions", "socialaccount", "accounts"}
    tables = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in ours}
    declared = set(all_rows()) | set(open_tables())
    assert tables <= declared
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity AND relname = ANY(%s)",
            [sorted(tables)],
        )
        assert {name for (name,) in cursor.fetchall()} == tables - set(open_tables())

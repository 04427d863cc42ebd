"""The newest seal goes to the stewards whom the place named, by e-mail, once, from a human; and to nobody else."""

import json

import pytest

from alongside.audit.exporting import read
from alongside.audit.models import Carried
from alongside.audit.tests.sealed import day, lived_and_sealed, seals
from alongside.messages import tasks
from alongside.messages.models import Message
from alongside.people.models import Channel, Reach
from tests.cast import person, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def post(settings, tmp_path):
    """Somebody carries e-mail here, and the place named one steward."""
    settings.MAIL_BY, settings.EMAIL_HOST = "smtp", "localhost"
    settings.AUDIT_STEWARDS = "helen@council.example"


def steward(name="Helen Rutter", email="helen@council.example", role="place_steward", **more):
    someone = serving(name, role)
    with as_owner():
        Reach.objects.create(person=someone, how="own_page", email=email, **more)
    return someone


def mailed():
    tasks.seal_of_the_audit(timestamp=0)
    with as_owner():
        return list(Message.objects.select_related("sender", "to_person"))


def trouble():
    with as_owner():
        return Carried.objects.filter(way="mail").values_list("through", "trouble").first()


def test_a_named_steward_gets_the_newest_seal_from_a_human(tmp_path):
    helen, ruth = steward(), serving("Ruth Collier", "duty_human")
    lived_and_sealed()
    (message,) = mailed()
    assert (message.to_person, message.sender, message.channel) == (helen, ruth, Channel.EMAIL)
    line = message.words.splitlines()[-1]
    assert json.loads(line)["link"] == seals()[-1].link
    kept = tmp_path / "kept.jsonl"
    kept.write_text(line)
    assert next(read([kept])).sound
    assert trouble() == (day(1), "")


def test_it_goes_once_for_a_seal():
    steward()
    lived_and_sealed()
    assert len(mailed()) == len(mailed()) == 1


def test_where_the_place_named_nobody_nobody_is_written_to(settings):
    settings.AUDIT_STEWARDS = ""
    steward()
    lived_and_sealed()
    assert mailed() == []
    assert trouble() is None


@pytest.mark.parametrize("role", ["team_lead", "relational_worker"])
def test_nobody_but_a_steward_is_written_to_and_that_is_told(role):
    steward(role=role)
    lived_and_sealed()
    assert mailed() == []
    assert "No place steward has the e-mail address helen@council.example" in trouble()[1]


def test_a_resident_of_that_address_is_not_written_to():
    with as_owner():
        Reach.objects.create(person=person("Norah Tully"), how="email", email="helen@council.example")
    lived_and_sealed()
    assert mailed() == []


@pytest.mark.parametrize("why", [{"never": ["email"]}, {}])
def test_a_seal_that_cannot_leave_the_machine_is_told_of_and_not_left_on_a_page(why, settings):
    if not why:
        settings.MAIL_BY = "notify"
    steward(**why)
    lived_and_sealed()
    assert mailed() == []
    assert trouble() == (
        None,
        "The seal for Helen Rutter cannot leave the machine: no e-mail goes to them from here.",
    )


def test_when_it_can_leave_again_it_does_and_the_trouble_is_over(settings):
    settings.AUDIT_STEWARDS = "helen@council.example, nobody@council.example"
    steward()
    lived_and_sealed()
    assert len(mailed()) == 1
    assert "nobody@council.example" in trouble()[1]
    settings.AUDIT_STEWARDS = "helen@council.example"
    assert len(mailed()) == 1
    assert trouble() == (day(1), "")


def test_a_place_that_names_nobody_any_more_is_troubled_no_more(settings):
    lived_and_sealed()
    mailed()
    assert trouble()[1]
    settings.AUDIT_STEWARDS = ""
    mailed()
    assert trouble()[1] == ""

"""Every hour: sealed, and taken off the machine; and what could not be is noted until it can."""

import datetime as dt

import pytest

from alongside.audit import chain, keeping, tasks
from alongside.audit.exporting import file_of, lines
from alongside.audit.models import Carried, Event
from alongside.audit.queries import audit_kept
from alongside.audit.tests.sealed import Lived, day, lived_and_sealed, sealed_anew, seals
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
AHEAD = chain.begin_of(day(0)) + dt.timedelta(days=9)


@pytest.fixture
def folder(settings, tmp_path):
    settings.AUDIT_FOLDER = str(tmp_path)
    return tmp_path


def carried():
    with as_owner():
        return {one.way: (one.through, one.trouble) for one in Carried.objects.all()}


def test_the_job_seals_and_writes_and_notes_how_far_it_came(folder):
    Lived()
    tasks.every_hour(timestamp=0)
    assert carried() == {"here": (day(1), ""), "folder": (day(1), "")}
    for seal in seals():
        assert file_of(folder, seal.day).read_text() == "".join(
            f"{line}\n" for line in lines([seal], rows=False)
        )


def test_an_hour_with_nothing_to_do_writes_nothing(folder):
    Lived()
    keeping.every_hour()
    with as_owner():
        before = Event.objects.count()
    keeping.every_hour()
    with as_owner():
        assert Event.objects.count() == before


def test_without_a_folder_seals_stay_here_and_nobody_is_troubled(settings):
    settings.AUDIT_FOLDER = ""
    Lived()
    keeping.every_hour()
    assert carried() == {"here": (day(1), "")}


def test_a_folder_that_is_not_mounted_is_not_made_and_is_told_of_until_it_is_there(folder):
    folder.rmdir()
    Lived()
    keeping.every_hour()
    assert not folder.exists()
    assert carried()["folder"][0] is None
    assert "there is no such folder; is it mounted?" in carried()["folder"][1]
    folder.mkdir()
    keeping.every_hour()
    assert carried()["folder"] == (day(1), "")


def test_a_folder_nobody_asks_for_any_more_troubles_nobody(folder, settings):
    folder.rmdir()
    Lived()
    keeping.every_hour()
    settings.AUDIT_FOLDER = ""
    keeping.every_hour()
    assert carried()["folder"] == (None, "")


def test_a_seal_that_is_another_than_the_one_in_the_folder_is_told_of_and_not_written_over(folder):
    lived_and_sealed()
    keeping.every_hour()
    before = file_of(folder, day(3)).read_text()
    sealed_anew()
    with as_owner():
        Carried.objects.all().delete()
    keeping.every_hour()
    assert "Somebody changed one of the two" in carried()["folder"][1]
    assert file_of(folder, day(3)).read_text() == before


def test_a_half_written_file_is_not_taken_for_a_seal(folder):
    Lived()
    file_of(folder, day(4)).write_text('{"alongside": "seal", "day"')
    keeping.every_hour()
    assert "cannot be read" in carried()["folder"][1]


def test_a_clock_that_ran_ahead_is_told_of_and_closes_nothing(settings):
    settings.AUDIT_FOLDER = ""
    lived_and_sealed()
    with clock.moved_to(AHEAD):
        keeping.every_hour()
    assert len(seals()) == 5
    assert "If the clock of this machine is right, run `alongside audit seal`." in carried()["here"][1]
    keeping.every_hour()
    assert carried()["here"][1] == ""


@pytest.mark.parametrize("role", ["place_steward", "team_lead", "duty_human"])
def test_whoever_looks_after_the_place_is_told_of_it(role):
    helen = cast.serving("Helen Rutter", role)
    lived_and_sealed()
    with clock.moved_to(AHEAD):
        keeping.every_hour()
        with acting_as(helen):
            kept = audit_kept(viewer=helen)
    assert [one.way for one in kept.troubles] == ["here"]
    assert kept.anything


def test_nobody_else_is_told():
    lived = lived_and_sealed()
    with clock.moved_to(AHEAD):
        keeping.every_hour()
        with acting_as(lived.priya):
            assert not audit_kept(viewer=lived.priya).anything


def test_where_nothing_was_sealed_for_days_that_is_told_though_nothing_failed():
    """The job did not run at all, so it could not say so."""
    helen = cast.serving("Helen Rutter", "place_steward")
    Lived()
    keeping.every_hour()
    for days, late in ((3, None), (5, day(1))):
        with clock.moved_to(chain.begin_of(day(0)) + dt.timedelta(days=days - 1, hours=6)), acting_as(helen):
            assert audit_kept(viewer=helen).late_since == late

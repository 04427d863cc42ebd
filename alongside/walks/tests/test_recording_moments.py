"""A moment is who, and words: kept once however often it is sent, and nothing written is ever lost (I34, I16)."""

import datetime as dt
from uuid import uuid4

import pytest

from alongside.audit.models import Event
from alongside.consent.models import Basis
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.walks import operations as walks
from alongside.walks import queries
from alongside.walks.models import Moment, TimeWriting
from alongside.walks.tests.moments import COVER, OTHER, WALKER, micky_and_his_moments, recorded, walking
from tests import cast
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db


built, world = standing(micky_and_his_moments)


@pytest.fixture
def bev(world):
    with acting_as(world.who[WALKER]) as _:
        yield world.who[WALKER]


def kept():
    with as_owner():
        return Moment.objects.count()


def done():
    with as_owner():
        return list(Event.objects.order_by("at").values_list("did", flat=True))


def test_it_needs_who_and_words_and_nothing_else(world, bev):
    moment = walks.record_moment(by=bev, person=world.micky, words="  He rang, first time.\r\n")
    assert (moment.by, moment.kind, moment.words) == (bev, "met", "He rang, first time.")
    assert moment.at == moment.kept_at


def test_without_words_it_is_refused_in_a_sentence(world, bev):
    with pytest.raises(ValueError, match="Say a word or two"):
        walks.record_moment(by=bev, person=world.micky, words=" \n\x00 ")


def test_it_finds_its_walk_where_there_is_one(world, bev):
    assert walks.record_moment(by=bev, person=world.micky, words="x").walk_id == world.walk.pk


def test_it_has_no_walk_where_it_could_be_either_of_two(world, bev):
    walking(bev, world.who[COVER], world.micky)
    assert walks.record_moment(by=bev, person=world.micky, words="x").walk_id is None


def test_a_person_says_something_on_their_own_page_and_it_is_their_walks(world):
    said = recorded(world.micky, world.micky, "I went on my own.", kind="said")
    assert (said.by, said.walk_id) == (world.micky, world.walk.pk)


def test_a_moment_is_never_put_on_a_walk_of_somebody_else(world, bev):
    other = walking(bev, world.who[COVER], cast.person("Tracey Hallam"))
    with pytest.raises(Exception, match="row-level security"):
        walks.record_moment(by=bev, person=world.micky, words="x", walk=other)


def test_sent_twice_it_is_there_once(world, bev):
    name, before = uuid4(), kept()
    first = walks.record_moment(by=bev, person=world.micky, words="Once.", client_id=name)
    again = walks.record_moment(by=bev, person=world.micky, words="Once.\n", client_id=name)
    assert again.pk == first.pk
    assert kept() == before + 1
    assert done()[-2:] == ["walks.record_moment", "walks.moment_came_again"]


@pytest.mark.parametrize("times", [1, 2, 5])
@pytest.mark.parametrize("many", [1, 3])
def test_however_often_and_in_whatever_order_each_arrives_once(times, many, world, bev):
    sent = [(uuid4(), f"Moment {number}.") for number in range(many)]
    before = kept()
    for turn in range(times):
        for name, words in sent if turn % 2 else reversed(sent):
            walks.record_moment(by=bev, person=world.micky, words=words, client_id=name)
    assert kept() == before + many


def test_sent_again_after_the_say_so_was_taken_back_it_is_still_there_once(world):
    bev, name = world.who[WALKER], uuid4()
    first = recorded(bev, world.micky, "Before.", client_id=name)
    with as_owner():
        Basis.objects.filter(actor=bev, person=world.micky).update(to_at=clock.now())
    assert recorded(bev, world.micky, "Before.", client_id=name).pk == first.pk
    with acting_as(bev), pytest.raises(Denied):
        walks.record_moment(by=bev, person=world.micky, words="After.", client_id=uuid4())


def test_other_words_under_one_name_are_refused_and_the_first_stay(world, bev):
    name = uuid4()
    first = walks.record_moment(by=bev, person=world.micky, words="One.", client_id=name)
    with pytest.raises(walks.OtherWords, match="kept under this one's name") as refused:
        walks.record_moment(by=bev, person=world.micky, words="Another.", client_id=name)
    assert refused.value.there.pk == first.pk
    assert Moment.objects.get(pk=first.pk).words == "One."


def test_one_name_on_two_pages_is_refused(world, bev):
    name, tracey = uuid4(), cast.person("Tracey Hallam")
    walking(bev, world.who[COVER], tracey)
    walks.record_moment(by=bev, person=world.micky, words="One.", client_id=name)
    with pytest.raises(walks.OtherWords):
        walks.record_moment(by=bev, person=tracey, words="One.", client_id=name)


def test_two_people_may_use_one_name(world):
    name, before = uuid4(), kept()
    recorded(world.who[WALKER], world.micky, "One.", client_id=name)
    recorded(world.who[COVER], world.micky, "One.", client_id=name)
    assert kept() == before + 2


def test_a_clock_that_is_ahead_is_put_back_to_when_it_came(world, bev):
    ahead = clock.now() + dt.timedelta(days=400)
    moment = walks.record_moment(by=bev, person=world.micky, words="x", at=ahead)
    assert moment.at == moment.kept_at


@pytest.mark.parametrize("ago", [dt.timedelta(minutes=-2), dt.timedelta(days=21), dt.timedelta(days=9000)])
def test_when_it_happened_is_kept_as_told(ago, world, bev):
    then = clock.now() - ago
    assert walks.record_moment(by=bev, person=world.micky, words="x", at=then).at == then


def test_a_time_without_its_zone_is_refused(world, bev):
    with pytest.raises(ValueError, match="time zone"):
        walks.record_moment(by=bev, person=world.micky, words="x", at=dt.datetime(2026, 3, 2, 9, 0))


@pytest.mark.parametrize(
    ("slip", "sentence"),
    [
        ({"minutes_together": -1}, "up to a day"),
        ({"minutes_together": 1441}, "up to a day"),
        ({"kind": "assessment"}, "no kind of moment"),
        ({"by_words": "x" * 201}, "fewer words"),
    ],
)
def test_a_slip_is_told_in_a_sentence(slip, sentence, world, bev):
    with pytest.raises(ValueError, match=sentence):
        walks.record_moment(by=bev, person=world.micky, words="x", **slip)


def test_what_stays_between_two_has_nobody_else_in_it(world, bev):
    denise = cast.person("Denise Again")
    with pytest.raises(ValueError, match="stays between two"):
        walks.record_moment(by=bev, person=world.micky, words="x", with_=[denise], audience="only_us")


def test_a_page_left_open_is_not_writing(world, bev):
    walks.record_moment(by=bev, person=world.micky, words="x", seconds_writing=9 * 3600)
    assert TimeWriting.objects.latest("pk").seconds <= 3600


def test_how_long_a_person_writes_on_their_own_page_is_kept_nowhere(world):
    with as_owner():
        before = TimeWriting.objects.count()
    recorded(world.micky, world.micky, "x", seconds_writing=70)
    with as_owner():
        assert TimeWriting.objects.count() == before


def test_a_worker_reads_their_own_months_and_they_are_of_no_other(world, bev):
    walks.record_moment(by=bev, person=world.micky, words="x", minutes_together=80, seconds_writing=250)
    (month,) = queries.time_writing(viewer=bev)
    assert (month.writing, month.together, month.an_hour) == (5, 120, 2)
    with acting_as(world.who[OTHER]):
        assert queries.time_writing(viewer=world.who[OTHER]) == []
    with acting_as(world.who[OTHER]):
        assert queries.time_writing(viewer=bev) == [], "row-level security alone holds it back"


def test_the_same_said_again_stands_beside_the_first_words(world, bev):
    walks.say_moment_again(by=bev, moment=world.moment, words="We had a brew, and he laughed.", follows=0)
    told = queries.one(viewer=bev, moment=world.moment)
    assert told.latest.words == "We had a brew, and he laughed."
    assert [one.words for one in told.earlier] == ["We had a brew by the van."]
    assert told.beside == []


def test_two_who_say_it_again_at_once_are_both_kept_and_both_stand(world):
    bev, micky = world.who[WALKER], world.micky
    with acting_as(bev):
        walks.say_moment_again(by=bev, moment=world.said, words="Not going back.", follows=0)
    with acting_as(micky):
        walks.say_moment_again(by=micky, moment=world.said, words="I never said never.", follows=0)
        told = queries.one(viewer=micky, moment=world.said)
    assert told.latest.words == "I never said never."
    assert [one.words for one in told.beside] == ["Not going back."]
    assert [one.number for one in told.earlier] == [0]


def test_who_saw_both_and_says_it_again_settles_it(world):
    micky = world.micky
    with acting_as(micky):
        for words in ("One.", "Two."):
            walks.say_moment_again(by=micky, moment=world.said, words=words, follows=0)
        walks.say_moment_again(by=micky, moment=world.said, words="Three.", follows=2)
        told = queries.one(viewer=micky, moment=world.said)
    assert (told.latest.words, told.beside) == ("Three.", [])


def test_an_answer_changes_nothing_above_it(world):
    with acting_as(world.micky):
        walks.answer_moment(by=world.micky, moment=world.moment, words="The tea was cold.", language="cy")
        told = queries.one(viewer=world.micky, moment=world.moment)
    assert told.latest.words == "We had a brew by the van."
    assert [(one.words, one.language, str(one.by)) for one in told.answers] == [
        ("The tea was cold.", "cy", "Micky")
    ]


def test_an_answer_without_words_is_refused(world):
    with acting_as(world.micky), pytest.raises(ValueError, match="Say a word or two"):
        walks.answer_moment(by=world.micky, moment=world.moment, words="  ")


def test_whom_it_is_for_is_one_of_three(world):
    with acting_as(world.micky), pytest.raises(ValueError, match="who it is for"):
        walks.set_moment_audience(by=world.micky, moment=world.moment, audience="everybody")

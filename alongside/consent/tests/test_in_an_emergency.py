"""A page opened in an emergency (ADR 14): words first, what is needed for a day, nobody close, another's look at it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from alongside.audit.models import Look
from alongside.consent import operations, policies
from alongside.consent.emergencies import operations as emergencies
from alongside.consent.emergencies import policies as may
from alongside.consent.emergencies import queries
from alongside.consent.looks import looked
from alongside.consent.models import Basis, Closeness, Opening
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.people.models import Alias, Particulars, Person, Reach, SamePerson
from alongside.story.models import OnePage, StoryPart, Tie
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db

WORDS = "She wrote goodbye to a neighbour and nobody answers the door"
A_DAY = dt.timedelta(days=1)


def part(person, kind, audience="walkers", **more):
    with as_owner():
        return StoryPart.objects.create(
            person=person, kind=kind, speaker=person, audience=audience, began_at=timezone.now(),
            place_in_order=1, **more,
        )  # fmt: skip


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam", called="Trace")


@pytest.fixture
def gary():
    return cast.serving("Gary Lisle")


@pytest.fixture
def lead():
    return cast.serving("Bev Carr", "team_lead")


@pytest.fixture
def steward():
    return cast.serving("Helen Rutter", "place_steward")


def opened(by, whom="Tracey Hallam", **more):
    with acting_as(by):
        return emergencies.open_in_an_emergency(by=by, words=WORDS, name=whom, **more)


def reads(viewer):
    with acting_as(viewer):
        return set(StoryPart.objects.values_list("pk", flat=True))


def close(person, other):
    with as_owner():
        return Closeness.objects.create(
            person=person, other=other, words="kin", said_by=person, said_at=timezone.now()
        )


def test_it_opens_what_she_would_have_strangers_know_first_and_nothing_else(trace, gary, lead):
    first = {part(trace, kind).pk for kind in ("good_at", "what_matters", "do_not_want")}
    part(trace, "worry")
    part(trace, "good_at", "only_us")
    part(trace, "good_at", put_away_at=timezone.now())
    assert reads(gary) == set()
    opening = opened(gary)
    assert reads(gary) == first
    assert (opening.person_id, opening.reviewer, opening.until - opening.at) == (trace.pk, lead, A_DAY)


def test_where_she_chose_her_one_page_that_is_what_opens(trace, gary):
    chosen, other = part(trace, "going_on"), part(trace, "good_at")
    hidden = part(trace, "hope", "only_us")
    with as_owner():
        tie = Tie.objects.create(
            person=trace, name="Sheila", tie="friend", audience="walkers", written_down_by=trace,
            began_at=timezone.now(),
        )  # fmt: skip
        OnePage.objects.create(person=trace, parts=[str(key) for key in (chosen.pk, tie.pk, hidden.pk)])
    opened(gary)
    assert reads(gary) == {chosen.pk}
    with acting_as(gary):
        assert [one.pk for one in Tie.objects.all()] == [tie.pk]
    assert other.pk not in reads(gary)


def test_all_of_it_is_what_those_who_walk_with_her_read_to_read_and_not_to_write(trace, gary):
    every = {part(trace, kind).pk for kind in ("worry", "hope", "good_at")}
    part(trace, "hope", "only_us")
    opening = opened(gary, all_of_it=True)
    later = part(trace, "worry")
    assert opening.all_of_it
    assert reads(gary) == every, "what is said afterwards stays shut"
    assert later.pk not in reads(gary)
    with acting_as(gary):
        assert not policies.check_can_write_for.allows(gary, trace)
        assert policies.people_walked_with(gary) == set()


def test_it_ends_by_itself_after_a_day_and_cannot_be_prolonged(trace, gary):
    first = part(trace, "good_at").pk
    opened(gary)
    soon = timezone.now() + A_DAY
    with as_owner(), pytest.raises(DatabaseError, match="only end sooner"), transaction.atomic():
        Basis.objects.update(to_at=soon + A_DAY)
    assert reads(gary) == {first}
    with clock.moved_to(soon):
        assert reads(gary) == set()
        with acting_as(gary):
            assert not policies.check_can_open_page.allows(gary, trace)


def test_a_longer_one_is_not_kept_whoever_writes_it(trace, gary):
    opening = opened(gary)
    with as_owner(), pytest.raises(DatabaseError, match="opening_is_for_a_day"), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(until=opening.at + 2 * A_DAY)


@pytest.mark.parametrize("side", ["said by her", "said by the worker", "on another record"])
def test_kin_neighbours_and_friends_find_nobody_as_for_a_name_that_nobody_has(trace, gary, side):
    part(trace, "good_at")
    other = cast.person("Trace Hallam Twice", same_as=trace, account=False)
    pairs = {"said by her": (trace, gary), "said by the worker": (gary, trace)}
    close(*pairs.get(side, (other, gary)))
    assert opened(gary) is None
    assert opened(gary, "Nobody Of This Name") is None
    assert reads(gary) == set()


def test_whoever_says_afterwards_that_they_know_her_reads_no_more(trace, gary):
    part(trace, "good_at")
    opened(gary)
    with acting_as(gary):
        operations.say_close(by=gary, person=trace, other=gary, words="my cousin")
    assert reads(gary) == set()


def test_the_name_is_whole_and_another_name_of_hers_will_do(trace, gary):
    with as_owner():
        Alias.objects.create(person=trace, name="Tracey Bright")
    assert opened(gary, "Tracey") is None
    assert opened(gary, "  tracey   BRIGHT ").person_id == trace.pk


def test_two_records_of_one_person_are_one_and_open_hers(trace, gary, steward):
    with as_owner():
        other = cast.person("Tracey Hallam", same_as=trace, account=False)
        SamePerson.objects.create(
            kept=trace, other=other, why="x", proposed_by=steward, proposed_at=timezone.now()
        )
    assert opened(gary).person_id == trace.pk


def test_where_two_share_a_name_the_day_they_were_born_tells_them_apart(trace, gary):
    other = cast.person("Tracey Hallam", account=False)
    with as_owner():
        Particulars.objects.create(person=trace, born_on="1979-05-04")
        Particulars.objects.create(person=other, born_on="1990-01-01")
    for born in (None, dt.date(1980, 1, 1)):
        with pytest.raises(ValidationError, match="day they were born"):
            opened(gary, born_on=born)
    assert opened(gary, born_on=dt.date(1979, 5, 4)).person_id == trace.pk


def test_a_day_of_birth_is_not_found_out_where_only_one_has_the_name(trace, gary):
    with as_owner():
        Particulars.objects.create(person=trace, born_on="1979-05-04")
    assert opened(gary, born_on=dt.date(1901, 1, 1)).person_id == trace.pk


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("words", {"words": " ", "name": "Tracey Hallam"}),
        ("name", {"words": WORDS, "name": "T"}),
        ("tells", {"not_told_why": "He reads her post."}),
        ("not_told_why", {"tells": "gary"}),
        ("tell_by", {"not_told_why": "He reads her post.", "tells": "gary"}),
        ("tell_by", {"not_told_why": "He.", "tells": "gary", "tell_by": timezone.now() + 29 * A_DAY}),
    ],
)
def test_what_is_missing_is_said_beside_its_box_and_nothing_opens(trace, gary, box, said):
    told = {"words": WORDS, "name": "Tracey Hallam", **said}
    told = {name: gary if value == "gary" else value for name, value in told.items()}
    with acting_as(gary), pytest.raises(ValidationError) as slip:
        emergencies.open_in_an_emergency(by=gary, **told)
    assert list(slip.value.message_dict) == [box]
    with as_owner():
        assert not Opening.objects.exists()


def test_after_five_names_in_a_day_somebody_else_writes_why(trace, gary):
    for number in range(may.EMERGENCIES_A_DAY):
        assert opened(gary, f"Somebody Else {number}") is None
    with pytest.raises(Denied, match="999"):
        opened(gary)
    with clock.moved_to(timezone.now() + A_DAY):
        assert opened(gary).person_id == trace.pk


def test_telling_her_is_put_off_only_with_a_reason_a_name_and_a_day(trace, gary, lead):
    until = timezone.now() + 20 * A_DAY
    opening = opened(gary, not_told_why="He reads her post.", tells=lead, tell_by=until)
    assert (opening.tells, opening.tell_by, opening.told_at) == (lead, until, None)
    with (
        as_owner(),
        pytest.raises(DatabaseError, match="told_within_a_day_or_says_why"),
        transaction.atomic(),
    ):
        Opening.objects.filter(pk=opening.pk).update(not_told_why="")


def test_nobody_close_to_her_is_the_one_who_tells_her_later(trace, gary, lead):
    close(trace, lead)
    later = timezone.now() + 5 * A_DAY
    with pytest.raises(ValidationError, match="somebody else"):
        opened(gary, not_told_why="He reads her post.", tells=lead, tell_by=later)
    with acting_as(gary), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Opening.objects.create(
            person=Person(pk=trace.pk), by=gary, words="x", at=later, until=later, review_by=later, tells=lead,
            tell_by=later,
        )  # fmt: skip
    assert reads(gary) == set()


def test_whoever_leads_looks_at_it_before_whoever_looks_after_the_place(trace, gary, lead, steward):
    assert opened(gary).reviewer == lead


@pytest.mark.parametrize("whose", ["close to her", "close to the opener", "the opener"])
def test_nobody_looks_at_it_who_is_close_or_opened_it(trace, gary, lead, steward, whose):
    by = lead if whose == "the opener" else gary
    if whose != "the opener":
        close(trace if whose == "close to her" else gary, lead)
    assert opened(by).reviewer == steward


def test_where_nobody_could_look_it_opens_all_the_same_and_stands_with_the_steward_who_comes(trace, gary):
    first = part(trace, "good_at").pk
    opening = opened(gary)
    assert opening.reviewer is None
    assert reads(gary) == {first}
    steward = cast.serving("Helen Rutter", "place_steward")
    with acting_as(steward):
        assert [one.pk for one in queries.waiting(viewer=steward)] == [opening.pk]
        assert Person.objects.get(pk=trace.pk).name == "Tracey Hallam"
    assert reads(steward) == set()


def test_a_steward_who_is_close_sees_none_of_it(trace, gary, steward):
    opened(gary)
    close(trace, steward)
    with as_owner():
        Opening.objects.update(reviewer=None)
    with acting_as(steward):
        assert not queries.waiting(viewer=steward).exists()
        assert not Opening.objects.exists()


def test_what_nobody_looked_at_within_the_day_stands_with_the_steward(trace, gary, lead, steward):
    opening = opened(gary)
    with acting_as(steward):
        assert not queries.waiting(viewer=steward).exists()
    with clock.moved_to(opening.review_by), acting_as(steward):
        assert [one.pk for one in queries.waiting(viewer=steward)] == [opening.pk]
        emergencies.review_opening(by=steward, opening=opening, found="right", words="I rang them both.")
        assert not queries.waiting(viewer=steward).filter(reviewed_at=None).exists()
    with as_owner():
        assert Opening.objects.get().reviewer == steward


def test_it_is_looked_at_once(trace, gary, lead):
    opening = opened(gary)
    with acting_as(lead):
        emergencies.review_opening(by=lead, opening=opening, found="right", words="I rang them both.")
        with pytest.raises(Denied, match="already"):
            emergencies.review_opening(by=lead, opening=opening, found="not_right", words="Or was it?")
        with pytest.raises(DatabaseError, match="looked at once"), transaction.atomic():
            Opening.objects.update(found="not_right")


@pytest.mark.parametrize(("found", "words", "box"), [("maybe", "x", "found"), ("right", " ", "words")])
def test_what_was_found_has_words(trace, gary, lead, found, words, box):
    opening = opened(gary)
    with acting_as(lead), pytest.raises(ValidationError) as slip:
        emergencies.review_opening(by=lead, opening=opening, found=found, words=words)
    assert list(slip.value.message_dict) == [box]


def test_whoever_looks_at_it_and_turns_out_to_be_close_hands_it_on(trace, gary, lead):
    opening = opened(gary)
    close(lead, trace)
    with acting_as(lead):
        with pytest.raises(Denied, match="Somebody else"):
            emergencies.review_opening(by=lead, opening=opening, found="right", words="Fine.")
        with pytest.raises(DatabaseError, match="close to neither"), transaction.atomic():
            Opening.objects.update(
                reviewed_at=timezone.now(), found="right", review_words="Fine.", reviewer=lead
            )


def test_the_one_who_opened_it_cannot_find_themself_right(trace, gary, lead):
    opening = opened(gary)
    with acting_as(gary):
        with pytest.raises(Denied):
            emergencies.review_opening(by=gary, opening=opening, found="right", words="I was right.")
        with pytest.raises(DatabaseError), transaction.atomic():
            Opening.objects.update(
                reviewed_at=timezone.now(), found="right", review_words="I was.", reviewer=gary
            )


def test_where_it_was_not_right_it_is_shut_at_once(trace, gary, lead):
    part(trace, "good_at")
    opening = opened(gary)
    with acting_as(lead):
        emergencies.review_opening(by=lead, opening=opening, found="not_right", words="He was curious.")
    assert reads(gary) == set()


def test_she_closes_it_and_what_she_says_of_it_stays_beside_it(trace, gary, lead):
    part(trace, "good_at")
    opening = opened(gary)
    with acting_as(trace):
        emergencies.close_opening(by=trace, opening=opening)
        emergencies.say_of_opening(by=trace, opening=opening, words="You could have rung me.")
        with pytest.raises(Denied, match="ended"):
            emergencies.close_opening(by=trace, opening=opening)
        with pytest.raises(ValidationError):
            emergencies.say_of_opening(by=trace, opening=opening, words=" ")
    assert reads(gary) == set()
    with acting_as(lead):
        found = queries.opening(viewer=lead, opening=opening.pk)
        assert [said.words for said in found.answers.all()] == ["You could have rung me."]


def test_whoever_looks_at_it_reads_which_pages_were_opened_and_none_of_the_pages(trace, gary, lead):
    part(trace, "good_at")
    opening = opened(gary)
    with acting_as(gary):
        looked(gary, trace, page="person")
    with acting_as(lead):
        assert [look.page for look in queries.looks_by(viewer=lead, opening=opening)] == ["person"]
        assert [look.why for look in Look.objects.all()] == [WORDS]
        assert not StoryPart.objects.exists()
        assert Person.objects.get(pk=trace.pk).called == "Trace"


def test_how_she_is_reached_is_known_for_the_day_to_the_one_who_must_reach_her(trace, gary, lead):
    with as_owner():
        Reach.objects.create(person=trace, how="text", phone="07700 900123", never=["call"])
    with acting_as(gary):
        assert queries.reach_in_an_emergency(viewer=gary, person=trace) is None
    opening = opened(gary)
    with acting_as(gary):
        assert queries.reach_in_an_emergency(viewer=gary, person=trace).never == ["call"]
    with clock.moved_to(opening.until), acting_as(gary):
        assert queries.reach_in_an_emergency(viewer=gary, person=trace) is None
        assert not Reach.objects.exists()
    with acting_as(lead):
        assert not Reach.objects.exists()


def test_who_walks_with_her_is_named_so_that_they_are_rung_first(trace, gary):
    callum = cast.serving("Callum Reay")
    cast.say_so(trace, callum)
    namesake = cast.person("Tracey Hallam Two", account=False)
    cast.say_so(namesake, cast.serving("Sam Oduya"))
    with acting_as(gary):
        assert queries.who_walks_with(viewer=gary, person=trace) == []
    opened(gary)
    with acting_as(gary):
        assert queries.who_walks_with(viewer=gary, person=trace) == [callum]


def test_whoever_walks_with_her_reads_it_and_tells_her_and_may_shut_it(trace, gary):
    callum = cast.serving("Callum Reay")
    cast.say_so(trace, callum)
    opening = opened(gary)
    with acting_as(callum):
        assert queries.openings_of(viewer=callum, person=trace).get() == opening
        emergencies.tell_of_opening(by=callum, opening=opening)
        with pytest.raises(Denied, match="already"):
            emergencies.tell_of_opening(by=callum, opening=opening)
        emergencies.close_opening(by=callum, opening=opening)


@pytest.mark.parametrize(
    "change", [{"words": "Something kinder."}, {"all_of_it": True}, {"tell_by": "later"}]
)
def test_what_was_written_stays_as_it_was_written(trace, gary, change):
    opening = opened(gary)
    later = {name: opening.at if value == "later" else value for name, value in change.items()}
    with acting_as(gary), pytest.raises(DatabaseError, match="stays as it was said"), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(**later)


def test_an_emergency_opens_no_part_of_anybody_else(trace, gary):
    mine, theirs = part(trace, "good_at"), part(cast.person("Norah Tully"), "good_at")
    opening = opened(gary)
    with acting_as(gary), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Basis.objects.create(
            actor=gary, person=trace, kind="emergency", parts=[mine.pk, theirs.pk], why="x", opening=opening,
            from_at=opening.at, to_at=opening.until,
        )  # fmt: skip


def test_what_is_to_do_is_named_to_the_one_who_does_it(trace, gary, lead):
    opening = opened(gary)
    for viewer in (gary, lead):
        with acting_as(viewer):
            assert queries.to_do(viewer=viewer) == [opening]
    with acting_as(gary):
        emergencies.tell_of_opening(by=gary, opening=opening)
        assert queries.to_do(viewer=gary) == []
    with acting_as(lead):
        assert queries.to_do(viewer=lead) == [opening]

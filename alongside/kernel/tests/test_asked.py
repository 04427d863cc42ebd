"""A question is put into SQL once for each shape, and answers as Django does, whatever the values."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from alongside.kernel import asked as module
from alongside.kernel.asked import Inner, NotFromArguments, asked
from alongside.kernel.policy import narrow
from alongside.people.models import Alias, Person
from tests import cast
from tests.database import as_owner

LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def nothing_is_ready(monkeypatch):
    monkeypatch.setattr(module, "_ready", {})


@pytest.fixture
def three(db):
    people = [cast.person(f"Ada {name}") for name in ("Lamb", "Moor", "Nunn")]
    with as_owner():
        Alias.objects.create(person=people[0], name="Adie")
        yield people


def by_name(may: Q):
    return narrow(Person.objects.all(), may).order_by("name")


def as_django_says(may: Q) -> list[Person]:
    return list(Person.objects.filter(may).order_by("name"))


def conditions(three):
    one, two, _ = three
    keys = {one.pk, two.pk}
    return [
        Q(pk=one.pk),
        Q(pk__in=keys),
        Q(pk__in=frozenset()),
        ~Q(pk__in=[one.pk]),
        ~Q(pk__in=[]),
        ~Q(same_as__in=[one.pk]),
        Q(pk__in=keys) & ~Q(name="Ada Lamb") | Q(called="nobody"),
        Q(began_at__lt=LATER) & (Q(account__isnull=True) | Q(same_as=two)),
        Q(Inner(has_alias, people=keys)),
        Q(pk__in=Person.objects.filter(name="Ada Moor").values("pk")),
    ]


def has_alias(people):
    return Exists(Alias.objects.filter(person=OuterRef("pk"), person__one_of=people))


@pytest.mark.parametrize("which", range(10))
def test_it_answers_as_django_does_the_first_time_and_the_next(three, which):
    may = conditions(three)[which]
    assert asked(by_name, may=may) == asked(by_name, may=may) == as_django_says(may)


def test_one_question_with_other_values_is_told_other_rows(three):
    answers = [asked(by_name, may=Q(pk__in=[one.pk, uuid.uuid4()])) for one in three]
    assert answers == [[one] for one in three]
    assert len(module._ready) == 1


def test_a_longer_list_is_the_same_statement(three):
    keys = [one.pk for one in three]
    with CaptureQueriesContext(connection) as said:
        assert [len(asked(by_name, may=Q(pk__in=keys[:many]))) for many in (0, 1, 2, 3)] == [0, 1, 2, 3]
    assert {one["sql"].split("ANY")[0] for one in said} == {said[0]["sql"].split("ANY")[0]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Q(name="Ada Lamb"), Q(name="Ada Moor")),
        (Q(name="Ada Lamb"), ~Q(name="Ada Lamb")),
        (Q(account__isnull=True), Q(account__isnull=False)),
        (Q(name="Ada Lamb") & Q(called="Ada"), Q(name="Ada Lamb") | Q(called="Ada")),
        (Q(), Q(name="")),
    ],
)
def test_what_a_policy_says_in_another_way_is_another_question(three, one, other):
    for may in (one, other, one):
        assert asked(by_name, may=may) == as_django_says(may)
    assert len(module._ready) == 2


def test_where_the_narrowing_is_another_nothing_made_before_serves(three, monkeypatch):
    may = Q(pk__in=frozenset())
    assert asked(by_name, may=may) == []
    for place in (module, __import__(__name__, fromlist=["narrow"])):
        monkeypatch.setattr(place, "narrow", lambda queryset, condition: queryset)
    assert len(asked(by_name, may=may)) >= 3


def test_values_and_their_names_come_as_asked_for(three):
    def called(keys):
        return Person.objects.filter(pk__one_of=keys).order_by("name").values_list("pk", "name")

    assert asked(called, keys={three[0].pk}) == [(three[0].pk, "Ada Lamb")]


def test_people_beside_and_what_was_worked_out_come_along(three):
    def aliases(person):
        return Alias.objects.filter(person=person).select_related("person").annotate(known=Q(name="Adie"))

    for _ in range(2):
        (row,) = asked(aliases, person=three[0].pk)
        with CaptureQueriesContext(connection) as said:
            assert (row.person.name, row.known) == ("Ada Lamb", True)
        assert not said.captured_queries


def this_very_moment(person):
    return Person.objects.filter(pk=person, began_at__lte=dt.datetime.now(dt.UTC))


def somebody_of_its_own(person):
    return Person.objects.filter(pk__in=[person, uuid.uuid4()])


def value_changed(day):
    return Person.objects.filter(began_at__date__gte=day - dt.timedelta(days=1))


def value_as_words(person):
    return Person.objects.filter(name__contains=person)


def part_of_a_set(people):
    return Person.objects.filter(pk__in=people)


@pytest.mark.parametrize(
    ("build", "given"),
    [
        (this_very_moment, uuid.UUID(int=1)),
        (somebody_of_its_own, uuid.UUID(int=1)),
        (value_changed, dt.date(2026, 5, 4)),
        (value_as_words, uuid.UUID(int=1)),
        (part_of_a_set, frozenset([uuid.UUID(int=1)])),
    ],
)
def test_a_question_that_would_ask_about_one_moment_for_ever_is_not_kept(db, build, given):
    with pytest.raises(NotFromArguments, match=build.__name__):
        asked(build, given)
    assert not module._ready


def test_what_nothing_can_answer_asks_nothing(three, django_assert_num_queries):
    def nobody(person):
        return Person.objects.filter(pk=person).filter(pk__in=[])

    with django_assert_num_queries(0):
        assert [asked(nobody, person=three[0].pk) for _ in range(2)] == [[], []]


def test_of_endless_shapes_only_so_many_are_kept(three, monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    for number in range(7):
        assert asked(by_name, may=Q(name=f"{number}")) == []
        assert len(module._ready) <= 3


class ForgottenByAnother(dict):
    """Another thread forgets everything as soon as one has looked."""

    def __contains__(self, shape):
        found = super().__contains__(shape)
        self.clear()
        return found


def test_what_another_thread_forgets_meanwhile_is_still_answered(three, monkeypatch):
    monkeypatch.setattr(module, "_ready", ForgottenByAnother())
    for person in three:
        assert asked(by_name, may=Q(pk=person.pk)) == [person]

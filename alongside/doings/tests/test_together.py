"""A family or a street holds a plan: begun, asked into, joined, left; each keeps their own page to themself (I1-I4)."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.doings import operations, queries
from alongside.doings.models import Belongs, Doing, Promise, Together
from alongside.doings.tests.world import DAY, EVERYBODY, HELPER, LAW, NEIGHBOUR, NOW, OWNER, PERSON, WALKER
from alongside.doings.writing import Who
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from tests.database import as_owner


def planned(world, words="Sunday dinner.", by=PERSON, **more):
    who = world.who[by]
    with acting_as(who):
        return operations.begin(by=who, together=world.ours, words=words, at=NOW, **more)


def joined(world):
    """Sheila says yes."""
    sheila = world.who[HELPER]
    with acting_as(sheila):
        operations.join(by=sheila, belongs=world.asked)
    return sheila


def sees(world, who, thing):
    viewer = world.who[who]
    with acting_as(viewer):
        return queries.doing_to_open(viewer=viewer, doing=thing.pk) is not None


def test_whoever_belongs_reads_it_and_nobody_else_not_even_who_walks_with_one_of_them(world):
    dinner = planned(world)
    joined(world)
    assert {who for who in EVERYBODY if sees(world, who, dinner)} == {PERSON, HELPER}


def test_asked_in_is_not_belonging_until_they_say_yes(world):
    dinner = planned(world)
    sheila = world.who[HELPER]
    with acting_as(sheila):
        assert [each.from_at for each in queries.belonging(viewer=sheila)] == [None]
        with pytest.raises(Denied, match="Only those who belong write here"):
            operations.begin(by=sheila, together=world.ours, words="Me too.")
    assert not sees(world, HELPER, dinner)


def test_nobody_says_yes_for_another_but_who_walks_with_them(world):
    for who in (PERSON, NEIGHBOUR, LAW, WALKER):
        other = world.who[who]
        with acting_as(other), pytest.raises(Denied, match="Only the one who was asked"):
            operations.join(by=other, belongs=world.asked)
    with as_owner():
        assert Belongs.objects.get(pk=world.asked.pk).from_at is None


def test_the_database_lets_nobody_say_yes_for_another_either(world):
    for who in (NEIGHBOUR, LAW, OWNER):
        with acting_as(world.who[who]), connection.cursor() as cursor:
            cursor.execute("UPDATE doings_belongs SET from_at = now() WHERE id = %s", [world.asked.pk])
            assert cursor.rowcount == 0


def test_a_yes_is_said_once_and_after_leaving_one_is_asked_again(world):
    sheila = joined(world)
    with acting_as(sheila):
        belongs = Belongs.objects.get(pk=world.asked.pk)
        with pytest.raises(ValueError, match="You answered this already"):
            operations.join(by=sheila, belongs=belongs)
        operations.leave(by=sheila, belongs=belongs)
        with pytest.raises(ValueError, match="You had left already"):
            operations.leave(by=sheila, belongs=belongs)
    with acting_as(world.trace):
        again = operations.ask_in(by=world.trace, together=world.ours, person=sheila)
    assert again.pk != world.asked.pk


def test_asked_twice_is_told_in_a_sentence(world):
    with acting_as(world.trace), pytest.raises(ValueError, match="They have been asked already"):
        operations.ask_in(by=world.trace, together=world.ours, person=world.who[HELPER])


def test_the_database_has_nobody_in_it_twice(world):
    with as_owner(), pytest.raises(IntegrityError, match="belongs_once"), transaction.atomic():
        Belongs(together=world.ours, person=world.who[HELPER], asked_by=world.trace, asked_at=NOW).save(
            force_insert=True
        )


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_it_has_a_name_in_words_of_their_own(world, name):
    with acting_as(world.trace), pytest.raises(ValueError, match="Say what you call yourselves"):
        operations.begin_together(by=world.trace, person=world.trace, name=name)
    with as_owner():
        assert Together.objects.count() == 1


def test_whoever_writes_it_down_for_a_family_helps_there_and_decides_nothing(world):
    walker = world.who[WALKER]
    with acting_as(walker):
        street = operations.begin_together(
            by=walker, person=world.trace, name="Our street", kind="street", at=NOW
        )
        helps = {one.person_id: one.helps for one in street.members.all()}
        assert helps == {walker.pk: True, world.trace.pk: False}
        with pytest.raises(DatabaseError), transaction.atomic():
            operations.begin(
                by=walker,
                together=street,
                words="Bins.",
                lane="for",
                who=Who(owner_words="Gary"),
                decided_by=walker,
            )
    with as_owner():
        assert not Doing.objects.filter(words="Bins.").exists()


def test_what_it_plans_stands_on_nobodys_own_plan(world):
    planned(world)
    with acting_as(world.trace):
        own = queries.doings_of(viewer=world.trace, person=world.trace)
        ours = queries.doings_of(viewer=world.trace, together=world.ours)
    assert "Sunday dinner." not in {told.words for told in own}
    assert [told.words for told in ours] == ["Sunday dinner."]


def test_whoever_belongs_rewords_finishes_and_lets_go_like_any_other(world):
    sheila = joined(world)
    for do, state in ((operations.finish, "done"), (operations.let_go, "let_go")):
        dinner = planned(world)
        with acting_as(sheila):
            operations.reword(by=sheila, doing=dinner, words="Sunday tea.")
            do(by=sheila, doing=dinner, words="We did.")
        with as_owner():
            assert Doing.objects.get(pk=dinner.pk).state == state


def test_after_leaving_nothing_of_it_is_read_or_written(world):
    dinner, sheila = planned(world), joined(world)
    with acting_as(sheila):
        operations.leave(by=sheila, belongs=Belongs.objects.get(pk=world.asked.pk))
        with pytest.raises(Denied):
            operations.reword(by=sheila, doing=dinner, words="Mine.")
    assert not sees(world, HELPER, dinner)


def test_a_promise_to_a_family_is_theirs_and_who_made_it_sees_that_one(world):
    joined(world)
    with acting_as(world.trace):
        promised = operations.promise(
            by=world.trace,
            together=world.ours,
            words="Bring the van.",
            day=DAY,
            owner=world.who[OWNER],
            at=NOW,
        )

    def finds(who):
        viewer = world.who[who]
        with acting_as(viewer):
            return queries.promise_to_open(viewer=viewer, promise=promised.pk) is not None

    assert {who for who in EVERYBODY if finds(who)} == {PERSON, HELPER, OWNER}
    with acting_as(world.who[HELPER]):
        operations.promise_settled(by=world.who[HELPER], promise=promised, state="kept", words="It came.")
    with as_owner():
        assert Promise.objects.get(pk=promised.pk).told_words == "It came."


def test_their_name_is_told_to_those_who_belong_and_to_nobody_else(world):
    joined(world)
    for who, name in ((HELPER, "Us lot"), (OWNER, "")):
        owner = world.who[who]
        with acting_as(world.trace):
            operations.promise(
                by=world.trace, together=world.ours, words="The van.", day=DAY, owner=owner, at=NOW
            )
        with acting_as(owner):
            about = {told.promise.words: told.about for told in queries.promises_i_made(viewer=owner)}
        assert about["The van."] == name


def test_something_is_about_a_person_or_a_family_and_not_both_nor_neither(world):
    for whose in ({}, {"person": world.trace, "together": world.ours}):
        with acting_as(world.trace), pytest.raises(ValueError, match=r".+"):
            operations.begin(by=world.trace, words="Whose?", **whose)

"""Who finds whom by which words: one table, asked of the search, of the policy alone and of the lock alone.

Serves I17, I18, F1 and F22: a name opens to its owner, to those it was opened to, to those who serve and to
stewards; another name only where a page is open; and nothing any more on the day that ended.
"""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from alongside.consent.finding import find_people, may_find
from alongside.consent.models import Basis, Closeness, SaySo
from alongside.kernel.acting import acting_as
from alongside.people.models import Alias, Person, Role, RoleHeld
from tests.cast import by_law, person, say_so, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db

PART_OF_NAME = "nowak"
# By part of her name, the whole, what she is called, and part of another name.
WORDS = {"p": PART_OF_NAME, "w": "Zófia Nowak-Hall", "c": "Zosia", "a": "kowal"}
ALL, NAMES, NOTHING = "pwca", "pwc", ""


def yesterday():
    return timezone.now() - dt.timedelta(days=1)


@pytest.fixture
def zofia():
    zofia = person("Zófia Nowak-Hall", called="Zosia")
    with as_owner():
        Alias.objects.create(person=zofia, name="Zofia Kowalska")
    return zofia


def ended(basis):
    with as_owner():
        SaySo.objects.filter(pk=basis.say_so_id).update(state="withdrawn")
        Basis.objects.filter(pk=basis.pk).update(to_at=yesterday() + dt.timedelta(hours=1))


def close(one, other):
    with as_owner():
        Closeness.objects.create(person=one, other=other, words="kin", said_by=one, said_at=timezone.now())


def herself(zofia):
    return zofia


def steward(zofia):
    return serving("Denise Armstrong", Role.STEWARD)


def former_steward(zofia):
    denise = serving("Denise Armstrong", Role.STEWARD)
    with as_owner():
        RoleHeld.objects.filter(person=denise).update(to_day=yesterday().date())
    return denise


def walks_with_her(zofia):
    bev = serving("Bev Ormerod")
    say_so(zofia, bev)
    return bev


def reads_one_part(zofia):
    mum = person("Anna Hall")
    say_so(zofia, mum, parts=[zofia.pk])
    return mum


def walked_with_her(zofia):
    bev = serving("Bev Ormerod")
    ended(say_so(zofia, bev))
    return bev


def carries_a_duty(zofia):
    callum = serving("Callum Reay", Role.SOCIAL_WORKER)
    by_law(callum, zofia)
    return callum


def kin_with_a_duty(zofia):
    callum = carries_a_duty(zofia)
    close(zofia, callum)
    return callum


def kin_she_invited(zofia):
    mum = reads_one_part(zofia)
    close(zofia, mum)
    return mum


def another_worker(zofia):
    return serving("Priya Nair")


def neighbour(zofia):
    return person("Micky Garrod")


def whom_she_reads(zofia):
    """Somebody who opened a page of theirs to her: that opens nothing of hers."""
    micky = person("Micky Garrod")
    say_so(micky, zofia)
    return micky


WHO = {
    herself: NAMES,
    steward: NAMES,
    former_steward: NOTHING,
    walks_with_her: ALL,
    reads_one_part: ALL,
    walked_with_her: NOTHING,
    carries_a_duty: ALL,
    kin_with_a_duty: NOTHING,
    kin_she_invited: ALL,
    another_worker: NOTHING,
    neighbour: NOTHING,
    whom_she_reads: NAMES,
}


@pytest.mark.parametrize("who", WHO, ids=lambda who: who.__name__)
def test_each_finds_exactly_whom_they_may_by_exactly_those_words(zofia, who):
    viewer = who(zofia)
    with acting_as(viewer):
        found = {
            letter
            for letter, words in WORDS.items()
            if zofia in find_people(viewer=viewer, words=words).people
        }
    assert found == set(WHO[who])


@pytest.mark.parametrize("who", WHO, ids=lambda who: who.__name__)
def test_the_written_policy_says_the_same_with_the_lock_off(zofia, who):
    viewer = who(zofia)
    with acting_as(viewer):
        condition = may_find(viewer)
        with as_owner():
            assert Person.objects.filter(condition, pk=zofia.pk).exists() == bool(WHO[who])


@pytest.mark.parametrize("who", WHO, ids=lambda who: who.__name__)
def test_the_database_alone_gives_her_key_to_the_same_people(zofia, who):
    with acting_as(who(zofia)), connection.cursor() as cursor:
        cursor.execute("SELECT guard.find_people(%s, 20)", [PART_OF_NAME])
        assert ((zofia.pk,) in cursor.fetchall()) == bool(WHO[who])


def test_somebody_who_serves_is_found_while_they_do_and_not_after(zofia):
    with as_owner():
        held = RoleHeld.objects.create(person=zofia, role=Role.PEER, from_day=yesterday().date())
    micky = person("Micky Garrod")

    def finds():
        with acting_as(micky):
            return zofia in find_people(viewer=micky, words=PART_OF_NAME).people

    assert finds()
    with as_owner():
        RoleHeld.objects.filter(pk=held.pk).update(to_day=yesterday().date())
    assert not finds()


def test_two_records_put_together_are_found_by_those_each_was_open_to_and_no_others(zofia):
    other = person("Zosia Nowak", account=False)
    bev, callum = serving("Bev Ormerod"), serving("Callum Reay")
    say_so(zofia, bev)
    say_so(other, callum)
    with as_owner():
        Person.objects.filter(pk=other.pk).update(same_as=zofia)
    for viewer, sees in ((bev, {zofia}), (callum, {other}), (zofia, {zofia, other})):
        with acting_as(viewer):
            assert set(find_people(viewer=viewer, words=PART_OF_NAME).people) == sees


@pytest.mark.parametrize("signs", ["%", "_", "\\", "%%%", "__", "'", "\x00\x00", "ZZ\x00"])
def test_signs_of_the_search_itself_find_nobody(zofia, signs):
    viewer = steward(zofia)
    with acting_as(viewer):
        assert find_people(viewer=viewer, words=signs).people == []

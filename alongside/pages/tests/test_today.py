"""The worker's morning: names and days of those they walk with, and nothing that counts, ranks or tells words."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from alongside.audit.models import Look
from alongside.doings import operations as doings
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.pages.days import finders
from alongside.people.models import Role
from alongside.walks import operations as walks
from alongside.walks.tests.moments import recorded, walking
from tests import cast
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db
TODAY = "today"


def promised(by, about, words, *, day=None, coming=False, **more):
    with acting_as(by):
        return doings.promise(
            by=by, person=about, words=words, day=day or clock.today(), coming=coming, **{"owner": by} | more
        )


class Them:
    """Bev walks with Micky and Zena; Priya covers both, and walks with Ann, whom Bev covers."""

    def __init__(self):
        self.bev, self.priya = cast.serving("Bev Ormerod"), cast.serving("Priya Nair")
        self.micky, self.zena = cast.person("Micky Garrod"), cast.person("Zena Pike")
        self.ann = cast.person("Ann Abel")
        self.mickys = walking(self.bev, self.priya, self.micky)
        self.zenas = walking(self.bev, self.priya, self.zena)
        self.anns = walking(self.priya, self.bev, self.ann)


built, them = standing(Them)


def read(as_, whoever):
    return as_(whoever, reverse(TODAY)).content.decode().replace("&#x27;", "'")


def morning(whoever):
    with acting_as(whoever):
        return finders.today(whoever)


def names(rows):
    return [str(row.walked.who) for row in rows]


def test_it_is_those_i_walk_with_by_name_and_those_i_am_there_for(them, as_):
    today = morning(them.bev)
    assert names(today.mine) == ["Micky Garrod", "Zena Pike"]
    assert names(today.covering) == ["Ann Abel"]
    page = read(as_, them.bev)
    assert page.index("Micky Garrod") < page.index("Zena Pike") < page.index("Ann Abel")


def test_whose_cover_i_am_today_says_why(them, as_):
    with acting_as(them.priya):
        walks.say_away(by=them.priya, worker=them.priya, from_day=clock.today(), to_day=clock.today())
    assert names(morning(them.bev).covering_today) == ["Ann Abel"]
    page = read(as_, them.bev)
    assert page.index("You are there today for") < page.index("Priya is away until")


def test_who_comes_today_and_whose_promise_is_due(them):
    promised(them.bev, them.micky, "Tea at yours", coming=True)
    promised(them.bev, them.zena, "Ring the school")
    promised(them.priya, them.micky, "Find the form")
    promised(them.bev, them.micky, "Next week's walk", day=clock.today() + dt.timedelta(days=7))
    today = morning(them.bev)
    assert [due.told.promise.words for due in today.coming] == ["Tea at yours"]
    assert [due.told.promise.words for due in today.my_promises] == ["Ring the school"]
    assert [due.told.promise.words for due in today.their_promises] == ["Find the form"]
    assert today.mine[0].next.promise.words == "Tea at yours"


def test_it_shows_no_word_of_anybodys_page_and_so_writes_no_look(them, as_):
    recorded(them.priya, them.micky, "He cried in the van.")
    recorded(them.micky, them.micky, "I went to the yard.", kind="said")
    promised(them.priya, them.micky, "Sort the arrears out")
    promised(them.bev, them.micky, "Ring the garage")
    page = read(as_, them.bev)
    assert "Ring the garage" in page
    assert "Promised to Micky" in page
    assert "Priya ·" in page
    for words in ("He cried", "I went to the yard", "arrears"):
        assert words not in page
    with as_owner():
        assert not Look.objects.exists()


def test_somebody_named_only_in_the_words_of_a_plan_is_not_named_here(them, as_):
    promised(them.micky, them.micky, "Bring the ladders", owner=None, owner_words="The loan man")
    page = read(as_, them.bev)
    assert "Somebody ·" in page
    assert "loan man" not in page


def _long_ago(walk, days):
    with as_owner() as cursor:
        cursor.execute(
            "UPDATE walks_walk SET state_at = %s WHERE id = %s",
            [clock.now() - dt.timedelta(days=days), walk.pk],
        )


def test_who_has_gone_quiet_is_against_what_the_two_agreed_and_by_name(them):
    _long_ago(them.mickys, 10)
    _long_ago(them.zenas, 20)
    assert [str(one.who) for one in morning(them.bev).quiet] == ["Zena Pike"]
    with acting_as(them.micky):
        walks.say_usual(by=them.micky, walk=them.mickys, words="Most weeks", days=7)
    assert [str(one.who) for one in morning(them.bev).quiet] == ["Micky Garrod", "Zena Pike"]
    with acting_as(them.micky):
        walks.say_usual(by=them.micky, walk=them.mickys, words="Once a month", days=31)
    recorded(them.bev, them.zena, "On the phone.")
    assert morning(them.bev).quiet == []


def test_a_walk_that_rests_is_never_called_quiet(them):
    _long_ago(them.zenas, 40)
    with acting_as(them.zena):
        walks.rest_walk(by=them.zena, walk=them.zenas)
    _long_ago(them.zenas, 40)
    today = morning(them.bev)
    assert not today.quiet
    assert [str(one.who) for one in today.resting] == ["Zena Pike"]


def test_what_came_this_week_is_an_answer_and_what_people_said_themselves(them):
    moment = recorded(them.bev, them.micky)
    with acting_as(them.micky):
        walks.answer_moment(by=them.micky, moment=moment, words="It was a good brew.")
    recorded(them.zena, them.zena, "I rang them.", kind="said")
    recorded(them.zena, them.zena, "Long ago.", kind="said", at=clock.now() - dt.timedelta(days=9))
    came = morning(them.bev).came
    assert [(str(one.who), one.is_answer) for one in came] == [("Zena", False), ("Micky", True)]


def test_what_somebody_keeps_to_themself_is_not_told(them):
    with acting_as(them.zena):
        walks.record_moment(by=them.zena, person=them.zena, words="Mine.", kind="said", audience="only_us")
    assert morning(them.bev).came == []


def test_full_is_one_tap_and_so_is_room(them, as_):
    assert "I’m full" in read(as_, them.bev)
    as_(them.bev, reverse("say_full"), {})
    page = read(as_, them.bev)
    assert "You said you are full." in page
    assert "I have room again" in page
    as_(them.bev, reverse("have_room"), {})
    assert "I’m full" in read(as_, them.bev)


def test_nothing_on_it_counts_or_compares(them, as_):
    for _ in range(7):
        recorded(them.bev, them.micky)
    page = read(as_, them.bev)
    main = page[page.index("</h1>") : page.index("</main>")]
    assert not re.search(r"\d", re.sub(r"<[^>]+>", " ", main))
    for word in ("caseload", "unread", "overdue", "total", "average", "badge"):
        assert word not in main.lower()


@pytest.mark.parametrize("role", [Role.STEWARD, Role.MEMBER, Role.CENTRE, Role.SPECIALIST])
def test_it_is_for_those_who_walk_alongside_and_for_nobody_over_them(as_, db, role):
    assert as_(cast.serving("Helena Marsh", role), reverse(TODAY)).status_code == 403


def test_a_resident_is_told_that_theirs_is_their_own_page(them, as_):
    answer = as_(them.micky, reverse(TODAY))
    assert answer.status_code == 403
    assert "Yours is your own page" in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(as_, db):
    assert as_(None, reverse(TODAY)).url.startswith(reverse("sign_in"))


def test_a_lead_sees_their_own_people_and_nobody_elses(them, as_):
    page = read(as_, cast.serving("Dev Rao", Role.TEAM_LEAD))
    assert "You walk with nobody yet." in page
    assert "Micky" not in page


def test_it_asks_the_database_as_often_whoever_walks_with_however_many(
    client, them, django_assert_max_num_queries
):
    for number in range(6):
        somebody = cast.person(f"Somebody {number}")
        walking(them.bev, them.priya, somebody)
        recorded(them.bev, somebody)
        recorded(somebody, somebody, "I did.", kind="said")
        promised(them.bev, somebody, "Ring")
        promised(them.priya, somebody, "Come", coming=True)
    cast.sign_in(client, them.bev)
    with django_assert_max_num_queries(15):
        client.get(reverse(TODAY))

"""A draft belongs to one author and one person, and no page ever writes over another's words."""

from uuid import uuid4

import pytest

from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.walks import operations as walks
from alongside.walks import queries
from alongside.walks.models import Draft
from alongside.walks.tests.moments import COVER, NEIGHBOUR, WALKER, drafts, micky_and_his_moments, walking
from tests import cast
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db


def with_no_draft():
    found = micky_and_his_moments()
    with as_owner():
        Draft.objects.all().delete()
    return found


built, world = standing(with_no_draft)


def keep(by, whose, words, **more):
    with acting_as(by):
        return walks.keep_draft(by=by, person=whose, words=words, **more)


def on_page(viewer, whose, about=None):
    with acting_as(viewer):
        return [one.words for one in queries.drafts_on(viewer=viewer, person=whose, about=about)]


def test_one_page_keeps_one_draft_however_often_it_is_kept(world):
    bev, micky, page = world.who[WALKER], world.micky, uuid4()
    first = keep(bev, micky, "He", client_id=page)
    keep(bev, micky, "He said", client_id=page, seen=first.at)
    assert drafts() == {("Bev", "Micky", "He said")}


def test_two_pages_open_at_once_are_two_drafts(world):
    bev, micky = world.who[WALKER], world.micky
    keep(bev, micky, "In this one.", client_id=uuid4())
    keep(bev, micky, "In that one.", client_id=uuid4())
    assert on_page(bev, micky) == ["In that one.", "In this one."]


def test_a_page_that_was_opened_twice_writes_over_neither(world):
    bev, micky, page = world.who[WALKER], world.micky, uuid4()
    opened = keep(bev, micky, "He rang", client_id=page)
    keep(bev, micky, "He rang his mam.", client_id=page, seen=opened.at)
    other = keep(bev, micky, "He rang, and then the van came.", client_id=page, seen=opened.at)
    assert other.client_id != page
    assert set(on_page(bev, micky)) == {"He rang his mam.", "He rang, and then the van came."}


def test_words_taken_out_again_on_the_same_page_are_taken_out(world):
    bev, micky, page = world.who[WALKER], world.micky, uuid4()
    first = keep(bev, micky, "He rang his mam.", client_id=page)
    keep(bev, micky, "He rang.", client_id=page, seen=first.at)
    assert on_page(bev, micky) == ["He rang."]


def test_two_people_never_see_one_anothers_draft(world):
    bev, tracey = world.who[WALKER], cast.person("Tracey Hallam")
    walking(bev, world.who[COVER], tracey)
    page = uuid4()
    keep(bev, world.micky, "About Micky.", client_id=page)
    keep(bev, tracey, "About Tracey.", client_id=page)
    assert on_page(bev, world.micky) == ["About Micky."]
    assert on_page(bev, tracey) == ["About Tracey."]


def test_two_authors_on_one_page_never_see_one_anothers_draft(world):
    bev, priya, page = world.who[WALKER], world.who[COVER], uuid4()
    keep(bev, world.micky, "Bev's.", client_id=page)
    keep(priya, world.micky, "Priya's.", client_id=page)
    assert on_page(bev, world.micky) == ["Bev's."]
    assert on_page(priya, world.micky) == ["Priya's."]
    assert on_page(world.micky, world.micky) == []


def test_a_draft_of_an_answer_is_on_that_moments_page_alone(world):
    bev, micky = world.who[WALKER], world.micky
    keep(bev, micky, "To the first.", about=world.moment)
    assert on_page(bev, micky, world.moment) == ["To the first."]
    assert on_page(bev, micky, world.said) == []
    assert on_page(bev, micky) == []


def test_one_page_name_for_a_moment_and_an_answer_loses_neither(world):
    bev, micky, page = world.who[WALKER], world.micky, uuid4()
    keep(bev, micky, "A moment.", client_id=page)
    keep(bev, micky, "An answer.", client_id=page, about=world.moment)
    assert on_page(bev, micky) == ["A moment."]
    assert on_page(bev, micky, world.moment) == ["An answer."]


def test_said_it_is_no_draft_any_more_and_what_another_page_holds_stays(world):
    bev, micky, page = world.who[WALKER], world.micky, uuid4()
    keep(bev, micky, "He rang", client_id=page)
    keep(bev, micky, "Not said yet.", client_id=uuid4())
    keep(world.who[COVER], micky, "Priya's.")
    with acting_as(bev):
        walks.record_moment(by=bev, person=micky, words="He rang his mam.", client_id=page)
    assert drafts() == {("Bev", "Micky", "Not said yet."), ("Priya", "Micky", "Priya's.")}


def test_said_without_a_page_it_takes_the_draft_of_those_words(world):
    bev, micky = world.who[WALKER], world.micky
    keep(bev, micky, "He rang.")
    keep(bev, micky, "Something else.")
    with acting_as(bev):
        walks.record_moment(by=bev, person=micky, words="He rang.")
    assert on_page(bev, micky) == ["Something else."]


def test_an_answer_that_is_given_drops_its_own_draft(world):
    bev, micky = world.who[WALKER], world.micky
    draft = keep(bev, micky, "Half an ans", about=world.moment)
    keep(bev, micky, "Another.", about=world.said)
    with acting_as(bev):
        walks.answer_moment(by=bev, moment=world.moment, words="An answer.", client_id=draft.client_id)
    assert on_page(bev, micky, world.moment) == []
    assert on_page(bev, micky, world.said) == ["Another."]


def test_a_draft_is_let_go_of_by_its_author(world):
    bev = world.who[WALKER]
    draft = keep(bev, world.micky, "Not worth it.")
    with acting_as(bev):
        walks.drop_draft(by=bev, draft=draft)
    assert drafts() == set()


def test_a_neighbour_keeps_no_draft_on_somebodys_page(world):
    sheila = world.who[NEIGHBOUR]
    with pytest.raises(Denied):
        keep(sheila, world.micky, "I saw him.")


def test_nobody_else_drops_it(world):
    draft = keep(world.who[WALKER], world.micky, "Mine.")
    with acting_as(world.who[COVER]), pytest.raises(Denied):
        walks.drop_draft(by=world.who[COVER], draft=draft)
    assert drafts() == {("Bev", "Micky", "Mine.")}

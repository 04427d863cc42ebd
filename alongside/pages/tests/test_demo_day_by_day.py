"""The stories are lived through day by day: a test stands in a day of one and looks at what its people see."""

import pytest

from alongside.consent.models import Basis, Duty
from alongside.consent.policies import live_now
from alongside.doings.models import Doing
from alongside.kernel.acting import acting_as
from alongside.pages.tests.living import lived
from alongside.walks import operations
from alongside.walks.models import Company, Walk
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def readers(person):
    """Whose eyes all of somebody's story is open to by their say-so, at this moment."""
    with as_owner():
        found = Basis.objects.filter(live_now(), person=person, whole=True, kind="say_so")
        return sorted(found.values_list("actor__name", flat=True))


def test_on_the_second_day_mickys_walk_is_offered_and_opens_nothing_to_anybody(as_):
    with lived("van", until=2) as they:
        with as_owner():
            assert Walk.objects.get().state == "offered"
        assert readers(they.p_micky) == []


def test_in_the_first_fortnight_of_the_van_somebody_walks_with_micky_and_nobody_asked_for_a_plan_first(as_):
    with lived("van", until=3) as they:
        with as_owner():
            walk = Walk.objects.get()
            assert walk.state == "walking"
            assert Doing.objects.count() == 0
        assert readers(they.p_micky) == ["Bev Ormerod", "Priya Nair"]


def test_by_the_end_of_the_first_fortnight_the_van_is_through_its_mot_and_he_says_so_himself(as_):
    with lived("van", until=14) as they:
        page = as_(they.w3, f"/people/{they.p_micky.pk}/moments/").content.decode()
        assert "Passed. Got the ladders back on." in page
        assert page.index("Passed. Got the ladders") < page.index("Opened 43 envelopes")
        plan = as_(they.p_micky, f"/people/{they.p_micky.pk}/plan/").content.decode()
        assert "Ring ten old customers" in plan
        with as_owner():
            assert Doing.objects.get(words="Get the van through its MOT").state == "done"


def duty_page(as_, person):
    """What somebody reads of the one duty in law that is about them."""
    with as_owner():
        duty = Duty.objects.get(person=person)
    return as_(person, f"/duties/{duty.pk}/").content.decode()


def test_while_it_is_open_the_enquiry_stands_before_anything_else_on_kayleighs_page(as_):
    with lived("robin", until=18) as they:
        plan = as_(they.p_kayleigh, f"/people/{they.p_kayleigh.pk}/plan/").content.decode()
        why = plan.index("The hospital saw missed scans and bruises")
        assert plan.count("Meet the housing officer about the damp bedroom") == 1
        assert why < plan.index("Children Act 1989 s.47") < plan.index("Meet the housing officer")


def test_her_own_page_tells_kayleigh_of_the_enquiry_before_it_tells_her_anything_else(as_):
    with lived("robin", until=18) as they:
        page = as_(they.p_kayleigh, "/me/").content.decode()
        assert page.index("The hospital saw missed scans") < page.index(
            "Not losing them like my mam lost me."
        )


def test_the_enquiry_says_who_looks_how_to_question_it_and_what_would_make_it_stop(as_):
    with lived("robin", until=10) as they:
        page = duty_page(as_, they.p_kayleigh)
        for said in ("Megan", "Ask for a review by the service manager", "know how the baby will be safe"):
            assert said in page


def test_until_megan_told_her_the_enquiry_says_why_not_yet(as_):
    with lived("robin", until=1) as they:
        assert "before anybody else reads it" in duty_page(as_, they.p_kayleigh)


def test_the_night_of_the_s136_stands_on_traces_plan_at_once_and_says_why_she_was_not_told_yet(as_):
    with lived("dog", until=131) as they:
        with as_owner():
            assert Doing.objects.get(lane="to").state == "proposed"
        plan = as_(they.p_trace, f"/people/{they.p_trace.pk}/plan/").content.decode()
        assert "Mental Health Act 1983 s.136" in plan
        assert "too frightened to hear it read out" in duty_page(as_, they.p_trace)


def test_the_day_after_the_s136_trace_was_told_why_and_how_to_question_it(as_):
    with lived("dog", until=132) as they:
        with as_owner():
            duty = Doing.objects.get(lane="to").duty
        assert (duty.told_at.date() - duty.begins_at.date()).days == 1
        assert duty.walker_there
        page = as_(they.p_trace, f"/duties/{duty.pk}/").content.decode()
        for said in (
            "An officer believed she was in immediate danger",
            "Advocate named Joy",
            "Callum came at three",
        ):
            assert said in page


def test_before_the_handover_callum_reads_trace_and_after_it_jodie_and_priya_do(as_):
    with lived("dog", until=239) as they:
        assert readers(they.p_trace) == ["Callum Reay", "Jodie Laws"]
        assert as_(they.w2, f"/people/{they.p_trace.pk}/").status_code == 200


def test_after_the_handover_jodie_walks_priya_covers_and_callum_reads_no_more(as_):
    with lived("dog", until=241) as they:
        assert readers(they.p_trace) == ["Jodie Laws", "Priya Nair"]
        assert as_(they.w2, f"/people/{they.p_trace.pk}/").status_code == 404
        with as_owner():
            keeps = Company.objects.filter(to_at__isnull=True).values_list("part", "person__name")
            assert set(keeps) == {("walker", "Jodie Laws"), ("cover", "Priya Nair")}


def test_one_tap_brings_bev_back_to_micky(as_):
    with lived("van", until=233) as they:
        with as_owner():
            walk = Walk.objects.get()
            assert walk.state == "resting"
        with acting_as(they.p_micky):
            operations.come_back(by=they.p_micky, walk=walk)
        with as_owner():
            assert Walk.objects.get().state == "walking"
            keeps = Company.objects.filter(to_at__isnull=True).values_list("part", "person__name")
            assert set(keeps) == {("walker", "Bev Ormerod"), ("cover", "Priya Nair")}
        assert readers(they.p_micky) == ["Bev Ormerod", "Priya Nair"]

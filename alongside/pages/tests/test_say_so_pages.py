"""Who may read my page: given, refused and taken back on its pages, by whom alone it may be."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from alongside.audit.models import Look
from alongside.consent.models import Basis, SaySo
from alongside.kernel.acting import acting_as
from alongside.messages.models import Message
from alongside.pages.tests.somebody import GOING_ON, MATTERS, tied, told
from alongside.story import operations as story
from tests.cast import by_law, person, say_so, serving, sign_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def listed(whose):
    return reverse("say_so", args=[whose.pk])


def giving(whose):
    return reverse("say_so_give", args=[whose.pk])


def given_to(whom):
    with as_owner():
        return SaySo.objects.get(given_to=whom)


def taking_back(say_so):
    return reverse("say_so_take_back", args=[say_so.person_id, say_so.pk])


def read(as_, viewer, address, data=None):
    return as_(viewer, address, data).content.decode().replace("&#x27;", "'")


@pytest.fixture
def ann():
    return serving("Ann Bewick", "specialist", at="Riverside Health Centre", title="nurse")


class TestTheList:
    def test_it_says_who_reads_what_and_for_what(self, as_, them):
        page = read(as_, them.micky, listed(them.micky))
        assert "Bev Ormerod" in page
        assert "sorting the arrears" in page
        assert GOING_ON in page
        assert page.count("Take it back<") == 2

    def test_a_reason_in_law_stands_apart_with_its_statute_and_is_no_say_so(self, as_, them):
        by_law(serving("Megan Ashby", "social_worker"), them.micky)
        page = read(as_, them.micky, listed(them.micky))
        assert page.index("For a reason in law") < page.index("Children Act 1989 s.47")
        assert "This is not your say-so." in page
        assert page.count("Take it back<") == 2

    def test_a_duty_that_is_over_stands_under_before(self, as_, them):
        basis = by_law(serving("Megan Ashby", "social_worker"), them.micky)
        with as_owner():
            Basis.objects.filter(pk=basis.pk).update(to_at=timezone.now() - dt.timedelta(hours=1))
        page = read(as_, them.micky, listed(them.micky))
        assert "For a reason in law" not in page
        assert page.index("Before") < page.index("Children Act 1989 s.47")

    def test_whoever_reads_one_part_sees_their_own_say_so_and_nobody_elses(self, as_, them):
        page = read(as_, them.moira, listed(them.micky))
        assert "sorting the arrears" in page
        assert "Bev Ormerod" not in page
        assert "Take it back<" not in page

    def test_a_neighbour_finds_nothing_and_a_stranger_signs_in(self, as_, them):
        assert as_(them.gary, listed(them.micky)).status_code == 404
        assert as_(None, listed(them.micky)).status_code == 302

    def test_a_look_at_it_is_written(self, as_, them):
        as_(them.bev, listed(them.micky))
        with as_owner():
            assert Look.objects.get(person_id=them.micky.pk).page == "say_so"

    def test_it_asks_the_database_as_often_however_long_it_is(
        self, client, them, django_assert_max_num_queries
    ):
        for number in range(12):
            say_so(them.micky, serving(f"Reader {number}"), parts=[them.matters])
        sign_in(client, them.micky)
        with django_assert_max_num_queries(30):
            client.get(listed(them.micky))


class TestGiving:
    def test_one_looks_for_whoever_serves_here_by_part_of_a_name(self, as_, them, ann):
        page = read(as_, them.micky, f"{giving(them.micky)}?q=bewi")
        assert f"?to={ann.pk}" in page
        assert "nurse" in page

    def test_nobody_found_is_said_kindly(self, as_, them):
        assert "Ask whoever you trust here" in read(as_, them.micky, f"{giving(them.micky)}?q=zzz")

    def test_nothing_is_ticked_beforehand(self, as_, them, ann):
        assert "checked" not in read(as_, them.micky, f"{giving(them.micky)}?to={ann.pk}")

    def test_the_whole_story_is_opened_from_that_moment(self, as_, them, ann):
        given = {"to": ann.pk, "what": "whole", "for_what": "walking with me"}
        assert as_(them.micky, giving(them.micky), given).url == listed(them.micky)
        assert MATTERS in read(as_, ann, reverse("person", args=[them.micky.pk]))

    def test_only_what_was_ticked_is_opened(self, as_, them, ann):
        given = {"to": ann.pk, "what": "parts", "parts": [them.matters.pk], "for_what": "my back"}
        as_(them.micky, giving(them.micky), given)
        page = read(as_, ann, reverse("person", args=[them.micky.pk]))
        assert MATTERS in page
        assert GOING_ON not in page

    def test_it_ends_at_the_end_of_the_day_that_was_said(self, as_, them, ann):
        day = timezone.localdate() + dt.timedelta(days=3)
        given = {"to": ann.pk, "what": "whole", "for_what": "cover", "until": day.isoformat()}
        as_(them.micky, giving(them.micky), given)
        until = timezone.localtime(given_to(ann).until)
        assert (until.date(), until.hour, until.minute) == (day, 23, 59)

    def test_a_day_that_is_over_is_told_and_nothing_is_lost(self, as_, them, ann):
        day = timezone.localdate() - dt.timedelta(days=3)
        given = {"to": ann.pk, "what": "whole", "for_what": "my back again", "until": day.isoformat()}
        page = read(as_, them.micky, giving(them.micky), given)
        assert "That day is over" in page
        assert "my back again" in page
        with as_owner():
            assert not SaySo.objects.filter(given_to=ann).exists()

    def test_a_no_is_kept_opens_nothing_and_leads_to_the_same_page(self, as_, them, ann):
        given = {"to": ann.pk, "what": "no", "for_what": "a letter", "words": "The sentence is enough."}
        assert as_(them.micky, giving(them.micky), given).url == listed(them.micky)
        assert as_(ann, reverse("person", args=[them.micky.pk])).status_code == 404
        page = read(as_, them.micky, listed(them.micky))
        assert "The answer was no." in page
        assert "The sentence is enough." in page

    def test_ticking_nothing_is_said_where_it_happened_and_words_are_not_lost(self, as_, them, ann):
        page = read(
            as_, them.micky, giving(them.micky), {"to": ann.pk, "what": "parts", "for_what": "my back"}
        )
        assert "Tick what they may read" in page
        assert 'value="my back"' in page

    def test_somebody_who_does_not_serve_here_cannot_be_chosen(self, as_, them):
        for key in (them.gary.pk, "not a key"):
            assert as_(them.micky, f"{giving(them.micky)}?to={key}").status_code == 404

    def test_whoever_walks_with_them_writes_down_what_they_said_and_it_says_so(self, as_, them):
        sam = serving("Sam Oduya")
        given = {"to": sam.pk, "what": "whole", "for_what": "cover", "words": "Yes, Sam is canny."}
        as_(them.bev, giving(them.micky), given)
        assert "Written down by Bev Ormerod" in read(as_, them.micky, listed(them.micky))

    def test_all_of_a_story_is_written_down_for_nobody_who_does_not_walk_with_people(self, as_, them, ann):
        given = {"to": ann.pk, "what": "whole", "for_what": "her back"}
        refused = as_(them.bev, giving(them.micky), given)
        assert refused.status_code == 403
        assert "Ann Bewick does not walk with people here" in refused.content.decode()
        as_(them.bev, giving(them.micky), {**given, "what": "parts", "parts": [them.matters.pk]})
        assert given_to(ann).parts == [them.matters.pk]

    def test_whoever_walks_with_them_is_not_offered_words_that_are_not_for_them(self, as_, them, ann):
        told(them.micky, "worry", "Only between us two.", audience="only_us")
        assert "Only between us two." not in read(as_, them.bev, f"{giving(them.micky)}?to={ann.pk}")

    def test_one_with_a_part_cannot_pass_it_on(self, as_, them, ann):
        given = {"to": ann.pk, "what": "whole", "for_what": "everything"}
        refused = as_(them.moira, giving(them.micky), given)
        assert refused.status_code == 403
        assert "Only Micky, or somebody who walks with them, writes here." in refused.content.decode()
        assert "Denise Armstrong" in refused.content.decode()
        with as_owner():
            assert not SaySo.objects.filter(given_to=ann).exists()

    def test_a_neighbour_gives_nothing_away(self, as_, them, ann):
        given = {"to": ann.pk, "what": "whole", "for_what": "gossip"}
        assert as_(them.gary, giving(them.micky), given).status_code == 404


class TestWhatIsKeptToOneselfAfterItWasShared:
    @pytest.fixture
    def some(self, them, ann):
        """Ann was let read two parts; the first of them Micky keeps to himself by now."""
        say_so(them.micky, ann, parts=[them.going_on, them.matters], why="the clinic")
        with acting_as(them.micky):
            story.set_audience(by=them.micky, thing=them.going_on, audience="only_us")

    def test_the_page_says_no_more_that_they_may_read_it(self, as_, them, some):
        page = read(as_, them.micky, listed(them.micky))
        moira = page[page.index("Moira Dent") : page.index("sorting the arrears")]
        assert "was let read" in moira
        assert "may read" not in moira
        assert "They read nothing of it now: you keep it to yourself, or put it away." in page

    def test_of_two_parts_it_says_which_is_still_read(self, as_, them, some):
        page = read(as_, them.micky, listed(them.micky))
        ann = page[page.index("Ann Bewick") :]
        assert f"What matters to me: {MATTERS}" in ann
        assert "The rest you keep to yourself now" in ann

    def test_the_one_it_was_shared_with_is_told_the_same_and_no_word(self, as_, them, some):
        page = read(as_, them.moira, listed(them.micky))
        assert "Nothing of it is open now." in page
        assert GOING_ON not in page

    def test_whoever_walks_with_them_does_not_learn_which_parts_are_kept_back(self, as_, them, some):
        page = read(as_, them.bev, listed(them.micky))
        assert page.count("was let read") == 2
        assert "keep it to yourself" not in page
        assert "Nothing of it is open now." not in page
        assert "The rest" not in page


class TestSomebodyInMyCircle:
    @pytest.fixture
    def gary_is_in_it(self, them):
        """Gary next door stands in Micky's circle under Micky's own words for him, and is here too."""
        return tied(them.micky, "Gaz over the landing", "mate", member=them.gary)

    def test_they_are_offered_by_my_own_words_for_them(self, as_, them, gary_is_in_it):
        page = read(as_, them.micky, giving(them.micky))
        assert "Gaz over the landing" in page
        assert f"?tie={gary_is_in_it.pk}" in page
        assert "Lacey" not in page  # She has not joined.
        for name in ("Gary Neighbour", str(them.gary.pk)):
            assert name not in page
            assert name not in read(as_, them.micky, f"{giving(them.micky)}?tie={gary_is_in_it.pk}")

    def test_what_was_ticked_is_opened_to_them_and_nothing_else(self, as_, them, gary_is_in_it):
        given = {
            "tie": gary_is_in_it.pk,
            "what": "parts",
            "parts": [them.matters.pk],
            "for_what": "so he knows",
        }
        assert as_(them.micky, giving(them.micky), given).url == listed(them.micky)
        page = read(as_, them.gary, reverse("person", args=[them.micky.pk]))
        assert MATTERS in page
        assert GOING_ON not in page

    def test_a_no_is_kept_for_them_as_for_anybody(self, as_, them, gary_is_in_it):
        as_(them.micky, giving(them.micky), {"tie": gary_is_in_it.pk, "what": "no", "for_what": ""})
        assert given_to(them.gary).state == "refused"
        assert as_(them.gary, reverse("person", args=[them.micky.pk])).status_code == 404

    def test_nobody_who_has_not_joined_can_be_chosen(self, as_, them):
        for key in (them.lacey.pk, them.gary.pk, "not a key"):
            assert as_(them.micky, f"{giving(them.micky)}?tie={key}").status_code == 404

    def test_whoever_walks_with_me_chooses_nobody_in_my_circle(self, as_, them, gary_is_in_it):
        assert "Gaz" not in read(as_, them.bev, giving(them.micky))
        given = {"tie": gary_is_in_it.pk, "what": "whole", "for_what": "x"}
        assert as_(them.bev, giving(them.micky), given).status_code == 404


class TestWhatAnotherWroteDown:
    @pytest.fixture
    def written(self, as_, them):
        """What Bev wrote down for Micky on a Tuesday long past: that Sam may read his story."""
        sam = serving("Sam Oduya")
        as_(
            them.bev,
            giving(them.micky),
            {"to": sam.pk, "what": "whole", "for_what": "cover", "words": "Aye, go on."},
        )
        return given_to(sam)

    def confirming(self, say_so):
        return reverse("say_so_confirm", args=[say_so.person_id, say_so.pk])

    def test_it_stands_at_the_top_of_their_page_in_words_with_two_answers(self, as_, them, written):
        page = read(as_, them.micky, reverse("my_page"))
        said = "Bev wrote down today that you said yes to Sam Oduya reading your story. Is that right?"
        assert page.index(said) < page.index("Yes, I said that") < page.index("No, take it back")
        assert page.index("No, take it back") < page.index("What I'm good at")
        assert "Aye, go on." in page

    def test_yes_takes_the_question_away_and_leaves_it_open(self, as_, them, written):
        assert as_(them.micky, self.confirming(written), {}).url == reverse("my_page")
        assert "Is that right?" not in read(as_, them.micky, reverse("my_page"))
        assert "You said that it is so" in read(as_, them.micky, listed(them.micky))
        assert as_(written.given_to, reverse("person", args=[them.micky.pk])).status_code == 200

    def test_no_ends_it_with_one_press(self, as_, them, written):
        assert as_(them.micky, taking_back(written), {"words": ""}).url == listed(them.micky)
        assert as_(written.given_to, reverse("person", args=[them.micky.pk])).status_code == 404
        assert "Is that right?" not in read(as_, them.micky, reverse("my_page"))

    def test_nobody_answers_for_them(self, as_, them, written):
        refused = as_(them.bev, self.confirming(written), {})
        assert refused.status_code == 403
        assert "Only Micky can say whether that is right." in refused.content.decode()
        assert as_(them.gary, self.confirming(written), {}).status_code == 404
        assert "Is that right?" not in read(as_, them.bev, listed(them.micky))
        assert "Micky has not said yet whether that is right" in read(as_, them.bev, listed(them.micky))

    def test_an_answer_given_twice_is_a_sentence(self, as_, them, written):
        as_(them.micky, self.confirming(written), {})
        again = as_(them.micky, self.confirming(written), {})
        assert again.status_code == 403
        assert "You have said so already." in again.content.decode()

    def test_what_they_gave_themself_is_not_asked_about(self, as_, them, ann):
        as_(them.micky, giving(them.micky), {"to": ann.pk, "what": "whole", "for_what": "my back"})
        assert "Is that right?" not in read(as_, them.micky, reverse("my_page"))

    @pytest.mark.parametrize(("days", "said"), [(1, "yesterday"), (3, "on "), (400, "on ")])
    def test_the_day_is_said_as_people_say_it(self, as_, them, written, days, said):
        day = timezone.now() - dt.timedelta(days=days)
        with as_owner():
            SaySo.objects.filter(pk=written.pk).update(state_at=day)
        form = {1: "", 3: "l", 400: "j F Y"}[days]
        name = said + (date_format(timezone.localtime(day), form) if form else "")
        assert f"Bev wrote down {name} that you said yes" in read(as_, them.micky, reverse("my_page"))


class TestTakingBack:
    def test_it_asks_for_no_reason_and_the_next_byte_is_closed(self, as_, them):
        assert as_(them.micky, taking_back(given_to(them.bev)), {"words": ""}).url == listed(them.micky)
        assert as_(them.bev, reverse("person", args=[them.micky.pk])).status_code == 404

    def test_their_words_are_kept_where_they_can_read_them(self, as_, them):
        as_(them.micky, taking_back(given_to(them.moira)), {"words": "He read bits back at me."})
        page = read(as_, them.micky, listed(them.micky))
        assert page.index("Before") < page.index("He read bits back at me.")
        assert "That is over." in page

    def test_the_one_it_was_given_to_may_give_it_up_and_lands_at_the_door(self, as_, them):
        assert as_(them.moira, taking_back(given_to(them.moira)), {"words": ""}).url == reverse("home")
        assert as_(them.moira, reverse("person", args=[them.micky.pk])).status_code == 404

    def test_the_one_it_was_given_to_can_do_nothing_else_with_it(self, them):
        given = SaySo.objects.filter(pk=given_to(them.moira).pk)
        for more in (
            {"whole": True, "parts": []},
            {"until": None, "for_what": "everything"},
            {"state": "given"},
        ):
            with pytest.raises(DatabaseError, match="can only give it up"), acting_as(them.moira):
                given.update(**more)

    def test_whoever_walks_with_them_writes_it_down_and_stays_on_the_list(self, as_, them):
        assert as_(them.bev, taking_back(given_to(them.moira)), {"words": ""}).url == listed(them.micky)

    def test_nobody_else_takes_it_back(self, as_, them):
        assert as_(them.moira, taking_back(given_to(them.bev)), {"words": ""}).status_code == 404
        assert as_(them.gary, taking_back(given_to(them.bev)), {"words": ""}).status_code == 404
        assert given_to(them.bev).state == "given"

    def test_an_address_with_another_persons_name_in_it_opens_nothing(self, as_, them):
        other = person("Tracey Hallam")
        address = reverse("say_so_take_back", args=[other.pk, given_to(them.bev).pk])
        assert as_(them.micky, address, {"words": ""}).status_code == 404

    def test_taking_it_back_twice_is_a_sentence(self, as_, them):
        address = taking_back(given_to(them.bev))
        as_(them.micky, address, {"words": ""})
        again = as_(them.micky, address, {"words": ""})
        assert again.status_code == 403
        assert "That say-so had already ended." in again.content.decode()


class TestWhatIsSaidOfIt:
    def some(self, them, ann, **more):
        return {"to": ann.pk, "what": "parts", "parts": [them.going_on.pk], "for_what": "the clinic.", **more}

    def test_the_line_about_it_copies_none_of_the_words(self, as_, them, ann):
        """Whoever walks with them reads the line, and may not be let read the part."""
        as_(them.micky, giving(them.micky), self.some(them, ann))
        assert given_to(ann).what == "one part of it"
        assert "for: the clinic." in read(as_, them.micky, listed(them.micky))

    def test_a_button_pressed_twice_gives_once(self, as_, them, ann):
        for _press in range(2):
            as_(them.micky, giving(them.micky), self.some(them, ann))
        assert given_to(ann)

    def test_taken_back_says_when_something_else_still_stands(self, client, as_, them, ann):
        as_(them.micky, giving(them.micky), self.some(them, ann))
        first = given_to(ann)
        as_(them.micky, giving(them.micky), self.some(them, ann, for_what="the ward"))
        page = client.post(taking_back(first), {"words": ""}, follow=True).content.decode()
        assert "may still read what stands below" in page
        assert "cannot read it any more" not in page

    def test_a_no_needs_no_words_at_all(self, as_, them, ann):
        as_(them.micky, giving(them.micky), {"to": ann.pk, "what": "no", "for_what": ""})
        assert given_to(ann).state == "refused"
        assert "asked for <strong>my page</strong>. The answer was no." in read(
            as_, them.micky, listed(them.micky)
        )

    def test_a_yes_says_what_for_and_nothing_chosen_is_asked_in_plain_words(self, as_, them, ann):
        page = read(as_, them.micky, giving(them.micky), {"to": ann.pk, "for_what": ""})
        assert "Choose one: all of it, some of it, or nothing." in page
        page = read(as_, them.micky, giving(them.micky), self.some(them, ann, for_what=""))
        assert "so that it is used for nothing else" in page
        assert not SaySo.objects.filter(given_to=ann).exists()


class TestWrittenDownByAnother:
    def test_whose_it_is_hears_of_it_and_the_page_says_who_decides(self, as_, them, ann):
        page = read(as_, them.bev, giving(them.micky) + f"?to={ann.pk}")
        assert "Micky decides this, not you." in page
        given = {"to": ann.pk, "what": "parts", "parts": [them.matters.pk], "for_what": "the clinic"}
        as_(them.bev, giving(them.micky), given)
        with as_owner():
            told = Message.objects.select_related("sender").get(to_person=them.micky)
        assert told.sender == them.bev
        assert "Bev wrote down that you let Ann Bewick read your page" in told.words

    def test_what_somebody_gives_themself_needs_no_message(self, as_, them, ann):
        as_(them.micky, giving(them.micky), {"to": ann.pk, "what": "whole", "for_what": "the clinic"})
        with as_owner():
            assert not Message.objects.exists()

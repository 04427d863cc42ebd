"""What a phone sends is written down once, or stays on it with a sentence; and its writer may put it right."""

import datetime as dt
import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from alongside.kernel.acting import acting_as
from alongside.pages.offline import arriving
from alongside.pages.offline.sealed import Refused, opened
from alongside.pages.tests.phones import envelope, one, said, sealed
from alongside.walks.models import Draft, Moment, MomentWith, TimeWriting
from alongside.walks.tests.moments import walking
from tests.cast import person, say_so, serving, sign_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WORDS = "We sat by the river."


@pytest.fixture
def here(db: Any) -> SimpleNamespace:
    """Trace, and Priya who may read and write on her page."""
    them = SimpleNamespace(trace=person("Tracey Hallam", called="Trace"), priya=serving("Priya Nair"))
    say_so(them.trace, them.priya)
    return them


def sent(by: Any, key: Any, sealed_text: str, phone_now: dt.datetime | None = None) -> arriving.Answer:
    with acting_as(by):
        return arriving.arrived(by, key, sealed_text, phone_now or timezone.now())


def there() -> list[Moment]:
    with as_owner():
        return list(Moment.objects.order_by("kept_at").select_related("person", "by", "written_down_by"))


class TestArriving:
    def test_who_and_words_are_enough(self, here: SimpleNamespace) -> None:
        assert sent(here.priya, *one(here.priya)).answer == "kept"
        (moment,) = there()
        assert (moment.person, moment.by, moment.words) == (here.trace, here.priya, WORDS)

    def test_all_of_it_is_written_down(self, here: SimpleNamespace) -> None:
        key, letter = one(
            here.priya, minutes_together=45, seconds_recording=30, kind="together", language="cy"
        )
        assert sent(here.priya, key, letter).answer == "kept"
        (moment,) = there()
        told = (moment.client_id, moment.minutes_together, moment.kind, moment.language)
        assert told == (key, 45, "together", "cy")
        with as_owner():
            assert TimeWriting.objects.get(moment=moment).seconds == 30

    def test_sent_again_it_is_there_once(self, here: SimpleNamespace) -> None:
        key, letter = one(here.priya)
        assert [sent(here.priya, key, letter).answer for _ in range(3)] == ["kept", "here", "here"]
        assert len(there()) == 1

    def test_other_words_under_the_same_id_are_both_kept_and_each_once(self, here: SimpleNamespace) -> None:
        key, letter = one(here.priya)
        sent(here.priya, key, letter)
        more = sealed(here.priya, key, f"{WORDS} She laughed.")
        assert [sent(here.priya, key, more).answer for _ in range(2)] == ["kept", "here"]
        assert [moment.words for moment in there()] == [WORDS, f"{WORDS} She laughed."]

    def test_what_she_said_herself_is_hers(self, here: SimpleNamespace) -> None:
        sent(here.priya, *one(here.priya, kind="said"))
        (moment,) = there()
        assert (moment.by, moment.written_down_by) == (here.trace, here.priya)

    def test_words_for_the_two_of_them_stay_between_the_two(self, here: SimpleNamespace) -> None:
        sent(here.priya, *one(here.priya, audience="only_us"))
        assert there()[0].audience == "only_us"

    def test_words_for_nobody_we_know_of_are_not_told_to_all(self, here: SimpleNamespace) -> None:
        answer = sent(here.priya, *one(here.priya, audience="everybody"))
        assert (answer.answer, there()) == ("refused", [])
        assert "whom it is for" in answer.sentence

    def test_a_kind_we_do_not_know_is_said_so(self, here: SimpleNamespace) -> None:
        assert "no kind of moment" in sent(here.priya, *one(here.priya, kind="visit")).sentence

    def test_not_now_is_kept_as_words_begun_and_is_no_moment(self, here: SimpleNamespace) -> None:
        key, letter = one(here.priya, later=True)
        assert {sent(here.priya, key, letter).answer for _ in range(2)} == {"kept"}
        assert there() == []
        with as_owner():
            draft = Draft.objects.select_related("author", "person").get()
        assert (draft.author, draft.person, draft.words, draft.client_id) == (
            here.priya,
            here.trace,
            WORDS,
            key,
        )

    def test_who_was_there_too_reads_it_where_they_are_walked_with_together(
        self, here: SimpleNamespace
    ) -> None:
        jade = person("Jade Bell")
        walking(here.priya, serving("Callum Reay"), here.trace, jade)
        sent(here.priya, *one(here.priya, there_too=[str(jade.pk), str(uuid4())]))
        with as_owner():
            assert [row.person for row in MomentWith.objects.all()] == [jade]

    def test_a_workers_own_page_is_theirs_to_write_on(self, here: SimpleNamespace) -> None:
        sent(here.priya, *one(here.priya, person=str(here.priya.pk), kind="said"))
        assert there()[0].person == here.priya


class TestRefused:
    def refused(self, by: Any, key: Any, letter: str) -> str:
        answer = sent(by, key, letter)
        assert (answer.answer, there()) == ("refused", [])
        return answer.sentence

    def test_nobody_of_that_name(self, here: SimpleNamespace) -> None:
        sentence = self.refused(here.priya, *one(here.priya, who="Zephyrine"))
        assert sentence == "You do not walk with anybody called Zephyrine now."

    def test_two_of_that_name(self, here: SimpleNamespace) -> None:
        say_so(person("Tracy Bell", called="Trace"), here.priya)
        assert "more than one called Trace" in self.refused(here.priya, *one(here.priya))

    def test_somebody_whose_page_was_closed_meanwhile(self, here: SimpleNamespace) -> None:
        callum = serving("Callum Reay")
        key, letter = one(callum, person=str(here.trace.pk), who="")
        assert "do not walk with them now" in self.refused(callum, key, letter)

    def test_a_day_to_come(self, here: SimpleNamespace) -> None:
        tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
        assert "still to come" in self.refused(here.priya, *one(here.priya, day=tomorrow))

    def test_a_day_in_no_calendar_is_asked_again_with_the_words(self, here: SimpleNamespace) -> None:
        key, letter = one(here.priya, day="2027-02-31")
        assert "2027-02-31" in self.refused(here.priya, key, letter)
        assert opened(here.priya, key, letter).words == WORDS

    def test_no_words(self, here: SimpleNamespace) -> None:
        assert "no words" in self.refused(here.priya, *one(here.priya, "  "))

    def test_anothers_words(self, here: SimpleNamespace) -> None:
        key, letter = one(serving("Callum Reay"))
        assert "somebody else wrote it" in self.refused(here.priya, key, letter)

    def test_words_sent_under_anothers_id(self, here: SimpleNamespace) -> None:
        _, letter = one(here.priya)
        assert "could not be opened" in self.refused(here.priya, uuid4(), letter)

    def test_a_key_that_is_gone_names_whoever_can_bring_it_back(self, here: SimpleNamespace) -> None:
        key, letter = one(here.priya)
        version, key_id, *rest = letter.split(".")
        elsewhere = ".".join([version, key_id[::-1], *rest])
        assert "those who look after the place" in self.refused(here.priya, key, elsewhere)

    @pytest.mark.parametrize(
        "text",
        [
            "[]", "{}", "null", "no json", json.dumps(said() | {"words": None}),
            json.dumps(said() | {"words": "a\0b"}), json.dumps(said() | {"at": "yesterday"}),
            json.dumps(said() | {"at": "2027-03-08T12:00:00"}), json.dumps(said() | {"known": {}}),
            json.dumps(said() | {"minutes_together": "an hour"}), json.dumps(said() | {"minutes_together": -1}),
            json.dumps(said() | {"seconds_recording": True}), json.dumps(said() | {"person": "Trace"}),
        ],
    )  # fmt: skip
    def test_what_no_page_of_ours_sealed(self, here: SimpleNamespace, text: str) -> None:
        key = uuid4()
        assert "not a moment" in self.refused(here.priya, key, envelope(here.priya, key, text))


class TestPuttingItWhereItBelongs:
    """`/offline/open/`: the words, whose page they go on, and a way to put them away."""

    @pytest.fixture
    def opens(self, client: Client, here: SimpleNamespace) -> Any:
        """Priya opens an envelope, and may answer what is asked."""
        sign_in(client, here.priya)

        def send(key: Any, letter: str, **more: str) -> Any:
            return client.post("/offline/open/", {"client_id": str(key), "envelope": letter, **more})

        return send

    def test_its_writer_reads_it_again_and_is_asked_whose_it_is(
        self, opens: Any, here: SimpleNamespace
    ) -> None:
        page = opens(*one(here.priya, who="Trayc")).content.decode()
        assert WORDS in page
        assert "about Trayc" in page
        assert f'value="{here.trace.pk}"' in page
        assert "This is not for anybody&#x27;s page any more" in page or "anybody's page any more" in page
        assert there() == []

    def test_it_is_kept_as_it_was_said_under_the_phones_own_id(
        self, opens: Any, here: SimpleNamespace
    ) -> None:
        key, letter = one(here.priya, who="Trayc", minutes_together=15)
        gone = opens(key, letter, keep="yes", person=str(here.trace.pk))
        assert (gone.status_code, gone["Location"]) == (302, "/offline/?arrived=yes")
        (moment,) = there()
        assert (moment.client_id, moment.words, moment.minutes_together) == (key, WORDS, 15)
        assert abs(moment.at - (timezone.now() - dt.timedelta(minutes=20))) < dt.timedelta(minutes=1)

    def test_the_phone_that_sends_it_again_is_told_that_it_is_here(
        self, opens: Any, here: SimpleNamespace
    ) -> None:
        key, letter = one(here.priya, who="Trayc")
        opens(key, letter, keep="yes", person=str(here.trace.pk))
        opens(key, letter, keep="yes", person=str(here.trace.pk))
        assert sent(here.priya, key, letter).answer == "here"
        assert len(there()) == 1

    def test_another_day_can_be_said(self, opens: Any, here: SimpleNamespace) -> None:
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        day = timezone.localdate() - dt.timedelta(days=2)
        key, letter = one(here.priya, day=tomorrow.isoformat())
        said_day = {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)}
        opens(key, letter, keep="yes", person=str(here.trace.pk), **said_day)
        assert timezone.localdate(there()[0].at) == day

    def test_a_day_still_to_come_is_said_beside_it_and_nothing_is_lost(
        self, opens: Any, here: SimpleNamespace
    ) -> None:
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        said_day = {"day_day": tomorrow.day, "day_month": tomorrow.month, "day_year": tomorrow.year}
        page = opens(*one(here.priya), keep="yes", person=str(here.trace.pk), **said_day).content.decode()
        assert "still to come" in page
        assert WORDS in page
        assert there() == []

    def test_nobody_is_chosen_for_them(self, opens: Any, here: SimpleNamespace) -> None:
        page = opens(*one(here.priya, who="Trayc"), keep="yes").content.decode()
        assert "Choose whose page it goes on." in page
        assert WORDS in page

    def test_a_page_that_is_not_open_to_them_cannot_be_chosen(
        self, opens: Any, here: SimpleNamespace
    ) -> None:
        stranger = person("Micky Garrod")
        page = opens(*one(here.priya), keep="yes", person=str(stranger.pk)).content.decode()
        assert "Choose whose page it goes on." in page
        assert "Micky" not in page
        assert there() == []

    def test_where_nobodys_page_is_open_they_can_still_read_it_and_put_it_away(self, client: Client) -> None:
        callum = serving("Callum Reay")
        sign_in(client, callum)
        key, letter = one(callum)
        page = client.post("/offline/open/", {"client_id": str(key), "envelope": letter}).content.decode()
        assert WORDS in page
        assert "page is open to you now" in page
        assert f'data-put-away="{key}"' in page

    def test_what_another_sealed_shows_nothing(self, opens: Any) -> None:
        key, letter = one(serving("Callum Reay"), "she told me of the money")
        answer = opens(key, letter)
        assert answer.status_code == 400
        assert "the money" not in answer.content.decode()
        assert f'data-put-away="{key}"' in answer.content.decode()

    def test_what_waits_for_a_key_cannot_be_put_away_by_mistake(
        self, opens: Any, here: SimpleNamespace
    ) -> None:
        key, letter = one(here.priya)
        version, key_id, *rest = letter.split(".")
        page = opens(key, ".".join([version, key_id[::-1], *rest])).content.decode()
        assert "those who look after the place" in page.replace("\n", " ")
        assert "data-put-away" not in page

    def test_an_id_that_is_none_is_said_so(self, opens: Any) -> None:
        answer = opens("my-moment", "1.x.y.z")
        assert answer.status_code == 400
        assert "not a moment from a phone" in answer.content.decode()

    def test_a_phones_clock_that_is_no_time_is_left_aside(self, opens: Any, here: SimpleNamespace) -> None:
        for clock in ("noon", "2027-99-01T00:00:00Z", "2027-01-01T00:00:00"):
            key, letter = one(here.priya)
            opens(key, letter, keep="yes", person=str(here.trace.pk), clock=clock)
        assert {timezone.localdate(moment.at) for moment in there()} <= {
            timezone.localdate(), timezone.localdate() - dt.timedelta(days=1)
        }  # fmt: skip
        assert len(there()) == 3


def test_nothing_is_written_where_it_is_refused(here: SimpleNamespace) -> None:
    key, letter = one(here.priya, who="Zephyrine")
    with acting_as(here.priya), pytest.raises(Refused):
        arriving.belongs(here.priya, key, opened(here.priya, key, letter), timezone.now())
    assert there() == []

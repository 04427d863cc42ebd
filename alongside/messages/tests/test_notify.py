"""GOV.UK Notify answering in each of the ways it documents, and in some that nobody does.

Serves F7 and I11: what surely did not go is tried again or told to a human, what may have gone is looked up
before anything else, and no sentence of theirs (it may quote the address) reaches a page.
"""

import pytest
from notifications_python_client.notifications import NotificationsAPIClient

from alongside.messages.providers import Found, Letter, NotGone, NotKnown, notify
from alongside.messages.providers.notify import Notify

from .carriers import KEY, fake_notify

LETTER = Letter("kettle-1", "text", "07700 900123", "", "The kettle is on.\nPriya", "Priya")


@pytest.fixture
def server(settings):
    with fake_notify() as here:
        settings.NOTIFY_KEY, settings.NOTIFY_URL = KEY, here.url
        settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_TEXT_TEMPLATE = "email-template", "text-template"
        yield here


@pytest.mark.parametrize(
    ("code", "for_good", "says"),
    [
        (400, True, "address or the template is not right"),
        (401, False, "did not accept our key (401)"),
        (403, False, "did not accept our key (403)"),
        (404, False, "did not accept our key (404)"),
        (429, False, "asked us to wait"),
    ],
)
def test_a_clear_no_surely_did_not_go(server, code, for_good, says):
    server.answers = code
    with pytest.raises(NotGone) as no:
        Notify().hand_over(LETTER)
    assert no.value.for_good is for_good
    assert says in no.value.sentence
    assert server.taken == []


@pytest.mark.parametrize("answer", [500, 502, 503, 504, "<html>canary</html>", "[]", "{}", "null", ""])
def test_an_unclear_answer_may_have_gone(server, answer):
    server.answers = answer
    with pytest.raises(NotKnown, match="did not answer clearly"):
        Notify().hand_over(LETTER)
    assert len(server.taken) == 1


@pytest.mark.parametrize("answer", [400, 401, 403, 404, 429, 500, 503, "<html>canary</html>"])
def test_no_sentence_quotes_what_they_said_nor_the_address(server, answer):
    server.answers = answer
    with pytest.raises((NotGone, NotKnown)) as told:
        Notify().hand_over(LETTER)
    for word in ("canary", "07700", "kettle"):
        assert word not in told.value.sentence


def test_silence_is_waited_for_only_so_long_and_then_not_known(server, monkeypatch):
    asked_for = []

    def impatient(key, *, base_url, timeout):
        asked_for.append(timeout)
        return NotificationsAPIClient(key, base_url=base_url, timeout=0.1)

    monkeypatch.setattr(notify, "NotificationsAPIClient", impatient)
    server.answers = "never"
    with pytest.raises(NotKnown):
        Notify().hand_over(LETTER)
    assert asked_for == [30]


def test_when_nobody_is_there_it_is_not_known_and_asking_says_so(server, settings):
    settings.NOTIFY_URL = "http://127.0.0.1:1"
    with pytest.raises(NotKnown):
        Notify().hand_over(LETTER)
    with pytest.raises(NotGone, match="could not be asked"):
        Notify().look_up("kettle-1")


@pytest.mark.parametrize(
    ("statuses", "found"),
    [
        ([], Found.NOT_GONE),
        (["created"], Found.GONE),
        (["sending"], Found.GONE),
        (["pending"], Found.GONE),
        (["sent"], Found.GONE),
        (["delivered"], Found.ARRIVED),
        (["permanent-failure"], Found.CAME_BACK),
        (["temporary-failure"], Found.CAME_BACK),
        (["technical-failure"], Found.CAME_BACK),
        (["permanent-failure", "sending"], Found.GONE),
        (["permanent-failure", "delivered"], Found.ARRIVED),
    ],
)
def test_what_became_of_it_is_asked_by_our_reference(server, monkeypatch, statuses, found):
    listed = {"notifications": [{"id": f"theirs-{n}", "status": one} for n, one in enumerate(statuses)]}
    asked = []
    monkeypatch.setattr(
        NotificationsAPIClient,
        "get_all_notifications",
        lambda self, reference: asked.append(reference) or listed,
    )
    assert Notify().look_up("kettle-1") == (found, "theirs-0" if statuses else "")
    assert asked == ["kettle-1"]


@pytest.mark.parametrize(
    "answer", [403, 429, 500, "<html>canary</html>", "[]", "{}", '{"notifications": [{}]}']
)
def test_an_answer_that_tells_nothing_is_not_taken_for_a_no(server, answer):
    """It would be sent twice."""
    server.answers = answer
    with pytest.raises(NotGone, match="could not be asked"):
        Notify().look_up("kettle-1")


def test_texts_and_e_mails_go_by_their_own_templates_with_nothing_but_the_words(server):
    Notify().hand_over(LETTER)
    Notify().hand_over(Letter("tea-1", "email", "trace@tynebank.example", "Tea", "Come in.", "Priya"))
    text, email = server.taken
    assert (text["template_id"], text["personalisation"]) == ("text-template", {"words": LETTER.words})
    assert (email["template_id"], email["reference"]) == ("email-template", "tea-1")
    assert email["personalisation"] == {"subject": "Tea", "words": "Come in."}

"""A steward writes the easy read of a page: sentences and pictures, kept as they were meant, and nothing lost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from alongside.accounts.models import EasyReadLine
from alongside.accounts.place.operations.easy_read import MOST_BYTES, MOST_LINES
from alongside.kernel.acting import working_on
from alongside.pages.steward.easy_read import MORE, PAGES
from alongside.people.models import Role
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HERE = ("say_hello", "en")


def address(page="say_hello", language="en"):
    return reverse("steward_easy_read", args=[page, language])


@pytest.fixture
def steward(client):
    from alongside.accounts.place.operations import tell_of_place

    with working_on("demo"):
        tell_of_place(by=None, told={"id": "tynebank", "name": "Tynebank"})
    whoever = cast.serving("Imogen Blake", Role.STEWARD)
    cast.sign_in(client, whoever)
    return whoever


def photo(kind="PNG", size=(60, 40), name="drawing.png"):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def sentences(*words, **more):
    return {f"words_{number}": said for number, said in enumerate(words, start=1)} | more


def write(client, *words, page="say_hello", language="en", **more):
    return client.post(address(page, language), sentences(*words, **more))


def kept(page="say_hello", language="en"):
    with as_owner():
        return list(EasyReadLine.objects.filter(page=page, language=language).order_by("place_in_order"))


def words(**where):
    return [line.words for line in kept(**where)]


def test_what_is_written_is_kept_in_its_order_and_said_so(client, steward):
    answer = write(client, "You can say hello.", "A person answers.")
    assert answer.url == address()
    assert words() == ["You can say hello.", "A person answers."]
    assert "Kept. Whoever opens that page can read it now." in client.get(address()).content.decode()


def test_whoever_opens_the_page_reads_it(client, steward):
    write(client, "You can say hello.")
    client.logout()
    assert "You can say hello." in client.get(reverse("say_hello") + "?easy=1").content.decode()


def test_a_gap_between_two_sentences_is_closed(client, steward):
    write(client, "One.", "", "Three.")
    assert words() == ["One.", "Three."]


def test_a_sentence_taken_out_goes_and_its_picture_with_it(client, steward):
    write(client, "One.", "Two.", picture_1=photo(), described_1="A door")
    write(client, "", "Two.")
    assert [(line.words, line.picture) for line in kept()] == [("Two.", None)]


def test_nothing_at_all_takes_it_away(client, steward):
    write(client, "One.")
    write(client, "")
    assert words() == []


def test_there_are_always_a_few_empty_lines_and_never_more_than_twelve(client, steward):
    assert client.get(address()).content.decode().count('name="words_') == MORE
    write(client, *[f"Sentence {number}." for number in range(1, 4)])
    assert client.get(address()).content.decode().count('name="words_') == 3 + MORE
    for _ in range(4):
        write(client, *[f"Sentence {number}." for number in range(1, MOST_LINES + 1)])
    assert len(words()) == MOST_LINES
    assert client.get(address()).content.decode().count('name="words_') == MOST_LINES


def test_what_one_steward_wrote_is_not_lost_when_another_wrote_less_meanwhile(client, steward):
    """The page was open with eight lines when somebody else emptied it: all eight are still what they meant."""
    said = [f"Sentence {number}." for number in range(1, 9)]
    write(client, *said[:5])
    write(client, "")
    write(client, *said)
    assert words() == said


@pytest.mark.parametrize("name", ["words_", "words_x", "words_-1", "words_²", "words_99999999999"])
def test_lines_that_are_none_are_let_be(client, steward, name):
    client.post(address(), {"words_1": "One.", name: "Odd."})
    assert words() == ["One."]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_small_and_as_one_kind(client, steward, kind):
    write(client, "A door.", picture_1=photo(kind, (1800, 1200)), described_1="A door that is open")
    (line,) = kept()
    assert line.described == "A door that is open"
    assert len(line.picture) < MOST_BYTES
    with Image.open(io.BytesIO(bytes(line.picture))) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) <= 1800


def test_a_picture_that_was_there_stays_when_only_words_change(client, steward):
    write(client, "A door.", picture_1=photo(), described_1="A door")
    before = bytes(kept()[0].picture)
    write(client, "The door is open.", described_1="A door")
    assert bytes(kept()[0].picture) == before
    assert words() == ["The door is open."]


def test_a_picture_goes_when_it_is_asked_to_go(client, steward):
    write(client, "A door.", picture_1=photo(), described_1="A door")
    assert "Take the picture of 1 away" in client.get(address()).content.decode()
    write(client, "A door.", described_1="A door", without_1="on")
    (line,) = kept()
    assert (line.picture, line.described) == (None, "")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"picture_1": "a photo"}, "Say in a few words what the picture shows."),
        (
            {"words_1": "", "picture_1": "a photo", "described_1": "A door"},
            "Say something beside this picture.",
        ),
        ({"picture_1": "no photo", "described_1": "A door"}, ""),
        ({"words_1": "x" * 201}, "200"),
    ],
)
def test_a_slip_is_told_beside_its_line_and_nothing_typed_is_lost(client, steward, more, says):
    write(client, "As it was.")
    sent = {"words_1": "A door.", "words_2": "Another sentence."} | more
    if "picture_1" in sent:
        good = sent["picture_1"] == "a photo"
        sent["picture_1"] = (
            photo() if good else SimpleUploadedFile("x.png", b"no picture at all", "image/png")
        )
    answer = client.post(address(), sent)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert says in shown
    assert "Another sentence." in shown
    assert "govuk-error-message" in shown
    assert words() == ["As it was."]


def test_a_picture_whose_words_are_taken_away_is_not_left_without_them(client, steward):
    write(client, "A door.", picture_1=photo(), described_1="A door")
    shown = write(client, "A door.", described_1="").content.decode()
    assert "Say in a few words what the picture shows." in shown
    assert kept()[0].described == "A door"


def test_each_page_and_each_language_has_its_own(client, steward):
    write(client, "You can say hello.")
    write(client, "Gallwch ddweud helo.", language="cy")
    write(client, "This is your page.", page="my_page")
    assert words() == ["You can say hello."]
    assert words(language="cy") == ["Gallwch ddweud helo."]
    assert words(page="my_page") == ["This is your page."]


def test_the_list_says_of_every_page_what_there_is(client, steward):
    write(client, "You can say hello.", "A person answers.")
    shown = client.get(reverse("steward_easy_reads")).content.decode()
    for page, title in PAGES.items():
        assert str(title) in shown
        assert address(page) in shown


@pytest.mark.parametrize(
    ("page", "language"), [("steward_home", "en"), ("say_hello", "fr"), ("nothing", "en")]
)
def test_only_residents_pages_in_our_languages_have_one(client, steward, page, language):
    assert client.get(address(page, language)).status_code == 404
    assert client.post(address(page, language), {"words_1": "x"}).status_code == 404


@pytest.mark.parametrize("role", [None, Role.WORKER, Role.CENTRE, Role.MEMBER, Role.DUTY_HUMAN])
def test_nobody_but_a_steward_writes_it_or_sees_the_page(client, steward, role):
    cast.sign_in(client, cast.serving("Helena Marsh", role) if role else cast.person("Helena Marsh"))
    for where in (address(), reverse("steward_easy_reads")):
        assert client.get(where).status_code == 403
    assert write(client, "Mine.").status_code == 403
    assert words() == []


def test_a_stranger_is_asked_to_sign_in(client, steward):
    client.logout()
    for where in (address(), reverse("steward_easy_reads")):
        assert client.get(where).status_code == 302


def test_words_with_brackets_in_them_are_shown_as_they_were_written(client, steward):
    write(client, "Say <b>hello</b> & wave.")
    assert words() == ["Say <b>hello</b> & wave."]
    client.logout()
    shown = client.get(reverse("say_hello") + "?easy=1").content.decode()
    assert "Say &lt;b&gt;hello&lt;/b&gt; &amp; wave." in shown

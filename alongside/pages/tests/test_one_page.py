"""One page about me: only what was chosen and is open, on the screen and on paper that can be read aloud."""

import io
import re

import pypdf
import pytest
from django.urls import reverse

from alongside.accounts.models import Place
from alongside.audit.models import Look
from alongside.config.cli.checks.paper import letters as checks_of_paper
from alongside.consent.operations import give_say_so, renew_say_so, withdraw_say_so
from alongside.kernel.acting import acting_as
from alongside.pages import paper
from alongside.pages.paper import letters
from alongside.pages.tests.somebody import GOING_ON, GOOD, MATTERS, NOT_WANTED, SECRET, told
from alongside.story.operations import choose_one_page
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def plain(person):
    return reverse("one_page", args=[person.pk])


def pdf_at(person):
    return reverse("one_page_pdf", args=[person.pk])


def chosen(person, *things, intro="", large_print=True):
    with acting_as(person):
        choose_one_page(
            by=person,
            person=person,
            parts=[thing.pk for thing in things],
            intro=intro,
            large_print=large_print,
        )


def read(response):
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content))


def words_of(response):
    return " ".join(" ".join(page.extract_text() for page in read(response).pages).split())


def languages_of(response):
    """Every language that something on the paper says it is in, besides the paper's own."""
    drawn = b"".join(page.get_contents().get_data() for page in read(response).pages)
    return {found.decode() for found in re.findall(rb"/Lang\s*\((\w+)\)", drawn)}


def largest_print(response):
    sizes = set()
    for page in read(response).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: sizes.add((text.strip(), size * tm[0]))
        )
    return {round(size) for text, size in sizes if MATTERS.split()[0] in text}


def test_the_page_holds_what_was_chosen_in_that_order_and_nothing_else(as_, them):
    chosen(them.micky, them.matters, them.lacey, them.good, intro="Ask me about ladders.")
    page = as_(them.micky, plain(them.micky)).content.decode()
    assert (
        page.index("Ask me about ladders.")
        < page.index(MATTERS)
        < page.index("Lacey")
        < page.index("any window")
    )
    for left_out in (GOING_ON, "putting on a course", SECRET):
        assert left_out not in page


def test_until_they_choose_it_begins_with_strengths_what_matters_and_what_they_do_not_want(as_, them):
    page = as_(them.micky, plain(them.micky)).content.decode()
    assert page.index("any window clean") < page.index(MATTERS) < page.index("putting on a course")
    assert GOING_ON not in page
    assert "You have not chosen yet" in page


def test_the_paper_says_the_same_and_is_tagged_for_a_voice_to_read(as_, them):
    chosen(them.micky, them.matters, them.lacey)
    response = as_(them.micky, pdf_at(them.micky))
    paper_of = read(response)
    catalogue = paper_of.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"].startswith("en")
    assert paper_of.metadata.title == "About Micky"
    words = words_of(response)
    assert MATTERS in words
    assert "Lacey, daughter (11): everything" in words
    assert "is for Micky to give" in words
    for left_out in (GOOD, GOING_ON, NOT_WANTED, SECRET):
        assert left_out not in words


def test_it_says_who_may_be_asked(as_, them):
    assert "ask Micky, or Bev Ormerod, who walks with Micky" in words_of(as_(them.micky, pdf_at(them.micky)))


def test_who_gives_a_say_so_again_still_comes_before_who_covers(as_, them):
    hodan, priya = cast.serving("Hodan Farah"), cast.serving("Priya Nair")
    with acting_as(them.micky):
        withdraw_say_so(by=them.micky, say_so=them.micky.say_sos.get(given_to=them.bev))
        first = give_say_so(by=them.micky, person=them.micky, given_to=hodan, for_what="walking", whole=True)
        give_say_so(by=them.micky, person=them.micky, given_to=priya, for_what="cover", whole=True)
        renew_say_so(by=them.micky, say_so=first)
    page = as_(them.micky, plain(them.micky)).content.decode()
    assert "Hodan Farah, who walks with Micky" in page


def test_the_print_is_large_unless_they_want_it_smaller(as_, them):
    chosen(them.micky, them.matters)
    assert largest_print(as_(them.micky, pdf_at(them.micky))) == {18}
    chosen(them.micky, them.matters, large_print=False)
    assert largest_print(as_(them.micky, pdf_at(them.micky))) == {14}


def test_what_somebody_writes_is_never_read_as_an_instruction(as_, them):
    nasty = '#read("/etc/passwd") $x^2$ *bold* \\ @me <a> #import "@preview/x:1.0.0"'
    chosen(them.micky, told(them.micky, "hope", nasty))
    assert '#read("/etc/passwd") $x^2$ *bold*' in words_of(as_(them.micky, pdf_at(them.micky)))


def test_a_template_can_open_no_file_at_all():
    with pytest.raises(letters.typst.TypstError):
        letters.typst.compile(b'#read("/etc/hostname")', format="pdf")


def test_control_signs_from_a_keyboard_do_not_stop_the_paper(as_, them):
    chosen(them.micky, told(them.micky, "hope", "a van\x07 of my\u200b own"))
    assert "a van of my" in words_of(as_(them.micky, pdf_at(them.micky)))


def test_words_in_another_language_are_marked_as_such(as_, them):
    chosen(them.micky, told(them.micky, "hope", "Dom dla dziewczyn.", language="pl"))
    assert 'lang="pl"' in as_(them.micky, plain(them.micky)).content.decode()
    assert languages_of(as_(them.micky, pdf_at(them.micky))) == {"pl"}


def test_letters_this_computer_lacks_bring_the_plain_page_and_the_name_of_what_brings_them(
    as_, them, monkeypatch
):
    monkeypatch.setattr(letters, "fonts", _no_other_fonts)
    monkeypatch.setattr("alongside.pages.paper.making.fonts", _no_other_fonts)
    chosen(them.micky, told(them.micky, "hope", "ሰላም", language="ti"))
    for address in (plain(them.micky), pdf_at(them.micky)):
        page = as_(them.micky, address)
        assert page.status_code == 200
        assert "ሰላም" in page.content.decode()
        assert "fonts-sil-abyssinica" in page.content.decode()
        assert "Tigrinya and Amharic" in page.content.decode()


def _no_other_fonts():
    return letters.typst.Fonts(include_system_fonts=False)


def test_what_a_place_cannot_print_is_listed_for_its_languages(monkeypatch):
    monkeypatch.setattr(letters, "fonts", _no_other_fonts)
    lacking = paper.missing_scripts(["en-gb", "ti", "so"])
    assert [script.package for script in lacking] == ["fonts-liberation", "fonts-sil-abyssinica"]


def test_the_check_of_an_installation_says_what_to_install_and_is_sound_all_the_same(monkeypatch):
    monkeypatch.setattr(letters, "fonts", _no_other_fonts)
    with as_owner():
        Place.objects.create(slug="saltgate", name="Saltgate", languages=["en", "ti"])
    (found,) = checks_of_paper()
    assert found.ok
    assert "sudo apt-get install fonts-liberation fonts-sil-abyssinica" in found.sentence


def test_another_who_may_open_it_reads_only_what_is_open_to_them_and_is_seen(as_, them):
    chosen(them.micky, them.matters, them.good)
    assert MATTERS in words_of(as_(them.bev, pdf_at(them.micky)))
    moiras = as_(them.moira, plain(them.micky)).content.decode()
    assert MATTERS not in moiras
    assert "any window" not in moiras
    with as_owner():
        looks = list(Look.objects.filter(person_id=them.micky.pk).order_by("at"))
    assert [(look.by_id, look.page, look.why) for look in looks] == [
        (them.bev.pk, "one_page", "walking with me"),
        (them.moira.pk, "one_page", "sorting the arrears"),
    ]
    assert set(looks[0].parts) == {str(them.matters.pk), str(them.good.pk)}


def test_ones_own_page_writes_no_look(as_, them):
    as_(them.micky, plain(them.micky))
    as_(them.micky, pdf_at(them.micky))
    with as_owner():
        assert not Look.objects.filter(person_id=them.micky.pk).exists()


@pytest.mark.parametrize("address", [plain, pdf_at])
def test_a_neighbour_finds_nothing_and_a_stranger_is_asked_to_sign_in(as_, them, address):
    assert as_(them.gary, address(them.micky)).status_code == 404
    assert as_(None, address(them.micky)).status_code == 302


def test_the_paper_is_kept_by_no_browser_between(as_, them):
    assert as_(them.micky, pdf_at(them.micky))["Cache-Control"] == "private, no-store"

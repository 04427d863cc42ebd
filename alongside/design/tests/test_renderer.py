"""Forms speak plainly, to eyes and to ears."""

import re
import time
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from alongside.design.forms import EveryQuestionForm, HelloForm
from alongside.design.renderer import Renderer
from alongside.design.views import WRONG
from alongside.design.widgets import DayWidget

BOXES = {"input", "textarea", "select"}


class Found(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def named(self, name: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.tags if attrs.get("name") == name)

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if attrs.get("id")]


def asked(data: dict | None = None) -> str:
    return EveryQuestionForm(data, renderer=Renderer()).render()


def test_every_box_has_a_label_that_points_to_it() -> None:
    found = Found(asked())
    labelled = {attrs["for"] for tag, attrs in found.tags if tag == "label"}
    boxes = {attrs["id"] for tag, attrs in found.tags if tag in BOXES}
    assert boxes == labelled


def test_no_id_is_used_twice() -> None:
    ids = Found(asked(WRONG)).ids()
    assert sorted(ids) == sorted(set(ids))


def test_every_link_of_the_summary_leads_to_a_box() -> None:
    found = Found(asked(WRONG))
    targets = [attrs["href"].lstrip("#") for tag, attrs in found.tags if tag == "a"]
    boxes = {attrs.get("id") for tag, attrs in found.tags if tag in BOXES}
    assert targets == ["id_name", "id_email", "id_way_0", "id_day_0"]
    assert set(targets) <= boxes


def test_what_is_wrong_is_said_at_the_top_and_beside_the_box() -> None:
    html = asked(WRONG)
    assert html.count("Tell us what to call you. A first name is plenty.") == 2
    assert html.index("govuk-error-summary") < html.index('id="id_name"')


def test_a_box_with_a_slip_says_so_to_a_screen_reader() -> None:
    box = Found(asked(WRONG)).named("email")
    assert box["aria-invalid"] == "true"
    assert box["aria-describedby"] == "id_email_error"
    assert box["class"] == "govuk-input govuk-input--error"
    assert box["value"] == "sam at home"


def test_everything_described_by_something_is_described_by_something_there() -> None:
    found = Found(asked(WRONG))
    pointed = {p for _, a in found.tags for p in (a.get("aria-describedby") or "").split()}
    assert pointed
    assert pointed <= set(found.ids())


def test_choices_stand_in_a_fieldset_with_their_question() -> None:
    html = asked()
    assert re.search(r"<legend[^>]*>How would you like to hear from us\?\s*</legend>", html)
    assert html.count("<fieldset") == 3


def test_a_choice_once_made_is_still_made() -> None:
    found = Found(asked({**WRONG, "way": "ring"}))
    chosen = [attrs["value"] for tag, attrs in found.tags if "checked" in attrs]
    assert chosen == ["ring", "am"]


def test_the_browsers_own_bubble_never_answers_instead_of_us() -> None:
    assert [attrs for _, attrs in Found(asked()).tags if "required" in attrs] == []


def test_what_may_be_left_out_says_so() -> None:
    html = asked()
    assert re.search(r"E-mail <span class=\"if-you-like\">\(if you like\)</span>", html)
    assert not re.search(r"What should we call you\?\s*<span", html)


def test_a_browser_may_fill_in_what_people_know_about_themselves() -> None:
    assert Found(asked()).named("name")["autocomplete"] == "name"


def test_the_one_thing_a_page_asks_is_its_heading() -> None:
    html = HelloForm(renderer=Renderer()).render()
    assert '<h1 class="question"><label class="govuk-label" for="id_words">What would you like' in html


def test_a_form_without_slips_has_no_summary() -> None:
    assert "govuk-error-summary" not in asked()


def test_a_slip_of_the_whole_form_is_said_too() -> None:
    form = EveryQuestionForm({"name": "Sam", "way": "text", "language": "en"}, renderer=Renderer())
    form.add_error(None, "Somebody else changed this a minute ago.")
    assert "<li>Somebody else changed this a minute ago.</li>" in form.render()


def test_words_with_angle_brackets_stay_words() -> None:
    html = asked({**WRONG, "words": "</textarea><script>alert(1)</script>"})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_hidden_boxes_come_along_without_a_label() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput, initial="abc")

    found = Found(Hidden(renderer=Renderer()).render())
    assert [(tag, attrs["type"]) for tag, attrs in found.tags] == [("input", "hidden")]


@pytest.mark.parametrize(("typed", "kept"), [(("27", "3", "2027"), "2027-03-27"), (("", "", ""), None)])
def test_a_day_in_three_boxes_becomes_a_day(typed: tuple, kept: str | None) -> None:
    field = forms.DateField(widget=DayWidget, required=False)
    data = dict(zip(("d_day", "d_month", "d_year"), typed, strict=True))
    day = field.clean(field.widget.value_from_datadict(data, {}, "d"))
    assert (day and day.isoformat()) == kept


def test_a_day_that_is_not_in_the_calendar_is_given_back_as_typed() -> None:
    found = Found(asked(WRONG))
    assert [found.named(f"day_{part}")["value"] for part in ("day", "month", "year")] == ["31", "2", "2027"]


def test_a_day_known_already_is_shown_in_its_boxes() -> None:
    html = EveryQuestionForm(initial={"day": date(2027, 3, 9)}, renderer=Renderer()).render()
    assert Found(html).named("day_month")["value"] == "3"


def least(draw: Callable[[], str]) -> float:
    """The least CPU seconds of a dozen goes: what it costs when nothing else is in the way."""
    takes = []
    for _ in range(12):
        began = time.process_time()
        draw()
        takes.append(time.process_time() - began)
    return min(takes)


def test_our_forms_cost_no_more_than_the_plain_ones() -> None:
    # The plain ones have no summary, no hints beside errors and no classes. See README for milliseconds.
    ours = least(lambda: asked(WRONG))
    plain = least(lambda: EveryQuestionForm(WRONG, renderer=DjangoTemplates()).render())
    assert ours <= plain * 1.25

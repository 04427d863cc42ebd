"""What people are asked about themselves and others: little, kindly, and read as it is written."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import RequestFactory

from alongside.design.fields import day
from alongside.design.widgets import DayWidget
from alongside.messages.forms import HelloForm, HelloForSomeoneForm, WriteDownForm
from alongside.pages.steward.forms import EndRoleForm, HoldRoleForm
from alongside.people.forms import (
    AboutForm,
    HourField,
    Listed,
    NamesForm,
    OwnForm,
    ReachForm,
    RoomForm,
    posted,
)
from alongside.people.models import Person

NAMES = {"name": NamesForm, "about": AboutForm}


@pytest.mark.parametrize("form", [NamesForm, AboutForm, WriteDownForm])
@pytest.mark.parametrize("given", [{}, {"name": ""}, {"name": "   "}])
def test_a_name_is_asked_for_in_a_sentence_and_nothing_else_is(form, given):
    asked = form(given)
    assert list(asked.errors) == ["name"]
    (sentence,) = asked.errors["name"]
    assert sentence.endswith(".")
    assert "required" not in sentence


@pytest.mark.parametrize("form", [NamesForm, AboutForm, WriteDownForm])
def test_a_name_alone_is_enough(form):
    assert form({"name": "Norah Tully"}).is_valid()


@pytest.mark.parametrize("form", [NamesForm, AboutForm])
@pytest.mark.parametrize("field", ["name", "called"])
def test_what_is_asked_holds_just_what_can_be_kept(form, field):
    longest = Person._meta.get_field(field).max_length
    whole = {"name": "Norah", "called": "Norah"}
    assert form({**whole, field: "x" * longest}).is_valid()
    assert list(form({**whole, field: "x" * (longest + 1)}).errors) == [field]


@pytest.mark.parametrize(
    ("form", "field", "fills"),
    [
        (AboutForm, "name", "name"),
        (AboutForm, "called", "nickname"),
        (HelloForm, "called", "nickname"),
        (NamesForm, "name", "off"),
        (NamesForm, "called", "off"),
        (WriteDownForm, "name", "off"),
        (HelloForSomeoneForm, "called", "off"),
    ],
)
def test_a_browser_offers_my_own_name_to_me_and_never_for_somebody_else(form, field, fills):
    assert form.base_fields[field].widget.attrs["autocomplete"] == fills


@pytest.mark.parametrize("form", [NamesForm, AboutForm, ReachForm, RoomForm, WriteDownForm])
def test_no_more_than_one_thing_is_ever_needed(form):
    assert len([name for name, field in form.base_fields.items() if field.required]) <= 1


def test_a_page_that_was_only_opened_is_not_an_empty_answer():
    ask = RequestFactory()
    assert posted(ask.get("/")) is None
    assert posted(ask.post("/")) == QueryDict("")


def test_a_slip_that_only_the_doing_finds_is_told_beside_its_field():
    class One(OwnForm):
        name = NamesForm.base_fields["name"]

    def found():
        raise ValidationError({"name": ["Somebody is called that already."]})

    form = One({"name": "Norah"})
    assert form.carried_out(found) is False
    assert form.errors == {"name": ["Somebody is called that already."]}


def test_nothing_is_done_with_what_is_not_whole():
    assert NamesForm({}).carried_out(lambda: pytest.fail("it was done")) is False


def test_a_fault_in_the_doing_is_a_fault():
    def fall():
        raise KeyError

    with pytest.raises(KeyError):
        NamesForm({"name": "Norah"}).carried_out(fall)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("English", ["English"]),
        ("English, Tigrinya", ["English", "Tigrinya"]),
        (" English ,, Tigrinya , ", ["English", "Tigrinya"]),
        ("British   Sign Language", ["British Sign Language"]),
        ("", []),
        (" , , ", []),
    ],
)
def test_a_few_words_are_read_with_commas_between_them(typed, read):
    assert Listed(required=False).clean(typed) == read


def test_what_was_read_is_written_back_as_it_was_meant():
    assert Listed(required=False).prepare_value(["English", "Tigrinya"]) == "English, Tigrinya"


def test_a_very_long_one_asks_whether_a_comma_is_missing():
    with pytest.raises(ValidationError, match="Put a comma between them"):
        Listed(required=False).clean("English and Tigrinya " * 5)


@pytest.mark.parametrize(("typed", "hour"), [("16:00", dt.time(16)), ("", None), ("09:30", dt.time(9, 30))])
def test_an_hour_is_read_from_any_clock(typed, hour):
    assert HourField().clean(typed) == hour


@pytest.mark.parametrize("typed", ["four", "25:00", "16.99", "-1"])
def test_an_hour_that_is_none_is_told_with_one_that_is(typed):
    with pytest.raises(ValidationError, match="Write the hour like 16:00"):
        HourField().clean(typed)


@pytest.mark.parametrize("number", ["-1", "51", "many", "1.5", ""])
def test_how_much_room_is_a_number_and_being_full_is_no_fault(number):
    form = RoomForm({"room_for": number})
    assert not form.is_valid()
    assert "0" in form.errors["room_for"][0] or "number" in form.errors["room_for"][0]
    assert RoomForm({"room_for": "0"}).is_valid()


def test_a_safe_word_is_told_to_be_there_and_never_shown():
    form = ReachForm(initial={"how": "call", "safe_word": "ladder"})
    said = [section.said for section in form.sections]
    assert "a safe word" in " ".join(said)
    assert "ladder" not in " ".join(said)


def test_what_was_said_so_far_is_told_in_a_line_for_each_heading():
    form = ReachForm(
        initial={"how": "call", "never": ["letter"], "from_hour": dt.time(16), "languages": ["Polish"]}
    )
    said = {str(section.heading): section.said for section in form.sections}
    assert "16:00" in said["When, and in which language"]
    assert "Polish" in said["When, and in which language"]
    assert said["Anything else"] == ""


def test_every_question_stands_under_one_heading():
    form = ReachForm()
    under = [field.name for section in form.sections for field in section.fields]
    assert sorted(under) == sorted(form.fields)


def test_a_heading_with_a_slip_under_it_is_open():
    form = ReachForm({"how": "call", "from_hour": "four"})
    assert [str(section.heading) for section in form.sections if section.open] == [
        "When, and in which language"
    ]
    assert [field.name for field, _ in form.slips] == ["from_hour"]


def test_a_way_to_be_reached_that_there_is_not_is_refused():
    assert "how" in ReachForm({"how": "pigeon"}).errors
    assert "never" in ReachForm({"how": "call", "never": ["pigeon"]}).errors


DAYS = {"said": day("When?"), "born": AboutForm.base_fields["born_on"], "ends": EndRoleForm.base_fields["on"]}


@pytest.mark.parametrize("name", DAYS)
def test_every_day_may_be_left_empty_and_is_three_boxes(name):
    field = DAYS[name]
    assert isinstance(field.widget, DayWidget)
    assert field.clean(None) is None


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize("typed", ["2027-2-30", "2027-13-1", "soon", "--", "0-0-0"])
def test_a_day_that_is_not_in_the_calendar_is_told_with_one_that_is(name, typed):
    with pytest.raises(ValidationError, match=r"not in the calendar\. Write it like 27 3 "):
        DAYS[name].clean(typed)


def test_a_day_is_read_from_its_three_boxes_whatever_way_they_are_filled():
    data = {"on_day": "7", "on_month": "03", "on_year": "2027"}
    assert EndRoleForm(data).is_valid() is True
    form = EndRoleForm(data)
    form.full_clean()
    assert form.cleaned_data["on"] == dt.date(2027, 3, 7)


def test_two_days_of_one_form_have_words_of_their_own():
    first, last = HoldRoleForm.base_fields["from_day"], HoldRoleForm.base_fields["to_day"]
    assert str(first.help_text) != str(last.help_text)
    assert first.widget is not last.widget

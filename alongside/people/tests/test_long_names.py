"""Names as long as people have them: kept whole where they fit, told where they do not, and never a broken page."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from alongside.kernel.acting import acting_as
from alongside.people import operations
from alongside.people.models import Alias, Organisation, Person, Role
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LONGEST = {field: Person._meta.get_field(field).max_length for field in ("name", "called")}


@pytest.fixture
def steward():
    return cast.serving("Denise Armstrong", Role.STEWARD)


def written(steward, **names):
    with acting_as(steward):
        return operations.write_down_person(by=steward, **names)


@pytest.mark.parametrize("field", LONGEST)
def test_the_longest_that_fits_is_kept_whole(steward, field):
    names = {"name": "Norah Tully"} | {field: "é" * LONGEST[field]}
    assert getattr(written(steward, **names), field) == names[field]


@pytest.mark.parametrize("field", LONGEST)
def test_one_letter_more_is_told_beside_its_field_and_nobody_is_written_down(steward, field):
    with as_owner():
        before = Person.objects.count()
    with pytest.raises(ValidationError) as told:
        written(steward, **({"name": "Norah Tully"} | {field: "é" * (LONGEST[field] + 1)}))
    assert told.value.message_dict == {field: ["That is very long for a name. Write a shorter one."]}
    with as_owner():
        assert Person.objects.count() == before


def test_spaces_around_and_between_do_not_count(steward):
    assert written(steward, name="  Norah \t Tully  " + " " * 300).name == "Norah Tully"


def test_a_single_long_word_is_a_name_and_its_beginning_is_what_they_are_called(steward):
    person = written(steward, name="x" * 150)
    assert (person.name, person.called) == ("x" * 150, "x" * 100)


@pytest.mark.parametrize("field", LONGEST)
def test_a_name_put_right_is_held_to_the_same_and_stays_as_it_was(steward, field):
    norah = written(steward, name="Norah Tully")
    with acting_as(steward), pytest.raises(ValidationError):
        operations.rename(by=steward, person=norah, **{field: "x" * (LONGEST[field] + 1)})
    with as_owner():
        assert Person.objects.values_list("name", "called").get(pk=norah.pk) == ("Norah Tully", "Norah")


@pytest.mark.parametrize("name", ["x" * 150, "x" * 200, "Łódź " * 40])
def test_a_steward_who_writes_down_a_long_name_is_not_shown_a_broken_page(client, steward, name):
    cast.sign_in(client, steward)
    answer = client.post(reverse("steward_write_down"), {"name": name})
    assert answer.status_code == 302
    with as_owner():
        assert Person.objects.filter(name=name.strip()).exists()


def test_a_person_who_gives_themself_a_long_name_is_not_shown_one_either(client):
    trace = cast.person("Tracey Hallam")
    cast.sign_in(client, trace)
    assert client.post(reverse("my_about"), {"name": "x" * 180, "called": ""}).status_code == 302
    assert client.get(reverse("my_page")).status_code == 200


@pytest.mark.parametrize("length", [200, 201])
def test_another_name_and_an_organisations_name_are_held_to_what_fits(steward, length):
    trace = cast.person("Tracey Hallam")
    for does, made in (
        (lambda: operations.add_alias(by=trace, person=trace, name="x" * length), Alias),
        (
            lambda: operations.add_organisation(by=steward, name="x" * length, kind="association"),
            Organisation,
        ),
    ):
        with as_owner():
            before = made.objects.count()
        with acting_as(trace if made is Alias else steward):
            if length > 200:
                with pytest.raises(ValidationError, match="very long for a name"):
                    does()
            else:
                does()
        with as_owner():
            assert made.objects.count() - before == (length <= 200)

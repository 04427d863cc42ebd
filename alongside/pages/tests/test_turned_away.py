"""A request that ends in a refusal has written nothing: not the deed, not the message, and not the look.

A look says what was shown. Somebody who was turned away was shown nothing, and a person must not be told that
they were read by them; what was shown before, on the page where the button stood, has a look of its own.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path, reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.audit.models import Event, Look
from alongside.config import urls as house_urls
from alongside.consent.looks import looked
from alongside.consent.models import Basis
from alongside.kernel.policy import Denied, signed_in
from alongside.messages.models import Delivery, Message
from alongside.messages.operations import send
from alongside.people.models import Alias, Person, Reach
from alongside.people.operations import add_alias
from tests.cast import person, say_so, serving, sign_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ENDINGS = {
    "shown": None,
    "refused": Denied("This is not for now."),
    "forbidden": PermissionDenied(),
    "not-here": Http404(),
    "broken": ZeroDivisionError(),
}


def page_that_ends(ending):
    @signed_in()
    def view(request):
        tracey = Person.objects.get(name="Tracey Hallam")
        looked(request.viewer, tracey, page="my story")
        add_alias(by=request.viewer, person=tracey, name="Trace of the van")
        send(by=request.viewer, to=tracey, words="Kettle is on.", reference="kettle-1")
        if ending is not None:
            raise ending
        return HttpResponse("Kept.")

    return view


class Planted:
    """The house, and one page for each way of ending."""

    urlpatterns = [
        *house_urls.urlpatterns,
        *(path(f"{name}/", page_that_ends(ending)) for name, ending in ENDINGS.items()),
    ]
    handler400, handler403 = house_urls.handler400, house_urls.handler403
    handler404, handler500 = house_urls.handler404, house_urls.handler500


@pytest.fixture
def priya(settings):
    settings.ROOT_URLCONF = Planted
    worker = serving("Priya Nair")
    say_so(person("Tracey Hallam"), worker)
    return worker


@pytest.fixture
def browser(priya):
    client = Client(raise_request_exception=False)
    sign_in(client, priya)
    return client


def written():
    with as_owner():
        return {model.__name__: model.objects.count() for model in (Alias, Delivery, Event, Look, Message)}


@pytest.mark.parametrize("ending", [name for name, error in ENDINGS.items() if error])
def test_whatever_was_written_before_a_refusal_is_undone(browser, ending):
    before = written()
    assert browser.get(f"/{ending}/").status_code in (403, 404, 500)
    assert written() == before


def test_the_same_page_that_ends_well_keeps_all_of_it(browser):
    before = written()
    assert browser.get("/shown/").content == b"Kept."
    assert all(count > before[name] for name, count in written().items())


def test_a_refusal_still_ends_in_a_page_with_a_named_human(browser):
    serving("Denise Armstrong", "duty_human")
    page = browser.get("/refused/").content.decode()
    assert "This is not for now." in page
    assert "Denise" in page
    assert "<h1" in page


def test_after_a_refusal_the_next_page_is_as_good_as_any(browser):
    browser.get("/refused/")
    browser.get("/shown/")
    with as_owner():
        assert Alias.objects.get().name == "Trace of the van"


def test_what_was_shown_before_the_refusal_keeps_its_own_look(browser):
    with as_owner():
        tracey = Person.objects.get(name="Tracey Hallam")
    assert browser.get(reverse("person", args=[tracey.pk])).status_code == 200
    with as_owner():
        shown = set(Look.objects.values_list("pk", flat=True))
    browser.post("/refused/")
    with as_owner():
        assert set(Look.objects.values_list("pk", flat=True)) == shown
    assert shown


def test_who_is_turned_away_from_a_page_leaves_no_look_at_it(browser):
    with as_owner():
        Basis.objects.all().delete()
        tracey = Person.objects.get(name="Tracey Hallam")
    assert browser.get(reverse("person", args=[tracey.pk])).status_code in (403, 404)
    with as_owner():
        assert not Look.objects.exists()


def test_a_message_that_was_refused_is_in_no_queue(browser):
    with as_owner():
        tracey = Person.objects.get(name="Tracey Hallam")
        Reach.objects.create(person=tracey, how="email", email="trace@tynebank.example")
    browser.get("/refused/")
    with as_owner():
        assert not ProcrastinateJob.objects.filter(args__message_id__isnull=False).exists()

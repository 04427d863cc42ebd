"""What cannot be had or breaks, as each role meets it: a sentence, a human with a name, and the way back."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import path, reverse

from alongside.config import urls as house_urls
from alongside.kernel.policy import Denied, guarded, open_to_all, policy, signed_in
from alongside.pages import errors
from alongside.people.models import Particulars, Role
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SECRET = "Steph is not to know this."


def page_that_raises(error):
    @open_to_all("a test")
    def view(request):
        raise error

    return view


@signed_in()
def writes_and_breaks(request):
    Particulars.objects.create(person=request.viewer, note=SECRET)
    raise ZeroDivisionError(SECRET)


@signed_in()
def writes_and_refuses(request):
    Particulars.objects.create(person=request.viewer, note=SECRET)
    raise Denied("Not like this.")


class Planted:
    """The house, and a page for each way in which something may go wrong."""

    urlpatterns = [
        *house_urls.urlpatterns,
        path("a/400/", page_that_raises(BadRequest(SECRET))),
        path("b/400/", page_that_raises(SuspiciousOperation(SECRET))),
        path("a/403/", page_that_raises(PermissionDenied(SECRET))),
        path("b/403/", page_that_raises(Denied("This is not for now."))),
        path("a/404/", page_that_raises(Http404(SECRET))),
        path("a/500/", page_that_raises(KeyError(SECRET))),
        path("writes/500/", writes_and_breaks),
        path("writes/403/", writes_and_refuses),
    ]
    handler400, handler403 = house_urls.handler400, house_urls.handler403
    handler404, handler500 = house_urls.handler404, house_urls.handler500


FAILING = {
    f"/{which}/": int(which.split("/")[1]) for which in ("a/400", "b/400", "a/403", "b/403", "a/404", "a/500")
}
AT_THE_DOOR_TOO = "<strong>Dev Rao</strong>"
WHO = ["stranger", "resident", *Role.values]


@pytest.fixture(autouse=True)
def denise(settings):
    errors._last_known.clear()
    settings.ROOT_URLCONF = Planted
    return cast.serving("Denise Armstrong", Role.DUTY_HUMAN)


@pytest.fixture
def visitor(request):
    """Somebody of a role, or a resident, or a stranger; what breaks is answered and not raised."""
    client = Client(raise_request_exception=False)
    client.get("/nowhere/")  # this process has met whoever is at the door
    if request.param == "resident":
        cast.sign_in(client, cast.person("Micky Garrod"))
    elif request.param != "stranger":
        cast.sign_in(client, cast.serving("Dev Rao", request.param))
    return client


@pytest.mark.parametrize("visitor", WHO, indirect=True)
def test_whoever_meets_it_whatever_it_is_it_ends_in_a_named_human(visitor):
    for address, status in FAILING.items():
        answer = visitor.get(address)
        shown = answer.content.decode()
        assert answer.status_code == status, address
        assert "<strong>Denise Armstrong</strong>" in shown or AT_THE_DOOR_TOO in shown, address
        assert f'href="{reverse("say_hello")}"' in shown, address
        assert shown.count("<h1") == 1, address
        assert "<title>" in shown, address


@pytest.mark.parametrize("visitor", ["stranger", "resident", Role.WORKER], indirect=True)
def test_nothing_of_what_went_wrong_is_shown_but_what_was_meant_to_be(visitor):
    for address in FAILING:
        shown = visitor.get(address).content.decode()
        for told in (SECRET, "Traceback", "KeyError", "alongside/", "settings", "Exception"):
            assert told not in shown, (address, told)
    assert "This is not for now." in visitor.get("/b/403/").content.decode()


@pytest.mark.parametrize("visitor", ["stranger", "resident"], indirect=True)
def test_no_such_page_is_kept_by_a_browser(visitor):
    for address in FAILING:
        assert "no-store" in visitor.get(address)["Cache-Control"], address


@pytest.mark.parametrize("visitor", [Role.WORKER], indirect=True)
def test_the_way_about_stays_where_the_database_can_still_be_asked(visitor):
    for address in ("/a/403/", "/b/403/", "/a/404/"):
        assert f'href="{reverse("people")}"' in visitor.get(address).content.decode(), address


@pytest.mark.parametrize("visitor", ["resident"], indirect=True)
@pytest.mark.parametrize(("address", "status"), [("/writes/500/", 500), ("/writes/403/", 403)])
def test_what_was_written_before_it_went_wrong_is_not_there(visitor, address, status):
    assert visitor.get(address).status_code == status
    with as_owner():
        assert not Particulars.objects.exists()


@pytest.mark.parametrize("visitor", ["resident"], indirect=True)
@pytest.mark.parametrize("method", ["head", "post", "put", "patch", "delete", "options"])
def test_every_way_of_asking_for_what_is_not_there_has_the_same_end(visitor, method):
    assert getattr(visitor, method)("/nowhere/at/all/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/people/not-a-key/",
        "/people/%00/",
        "/..%2f..%2fetc/passwd",
        "/people/" + "9" * 3000,
        "/%ff%fe/",
    ],
)
def test_an_address_nobody_would_type_is_not_there_and_breaks_nothing(address):
    visitor = Client(raise_request_exception=False)
    assert visitor.get(address).status_code in (301, 302, 400, 404)


def test_where_nobody_serves_yet_an_error_still_says_how_to_be_answered():
    from alongside.people.models import RoleHeld

    with as_owner():
        RoleHeld.objects.all().delete()
    shown = Client().get("/nowhere/").content.decode()
    assert f'href="{reverse("say_hello")}"' in shown
    assert "None" not in shown


def test_a_name_with_brackets_in_it_is_shown_as_it_is_written():
    request = RequestFactory().get("/")
    request.viewer = None
    shown = errors.refused(request, "Ask <them> first.", "O'Hara <b>").content.decode()
    assert "Ask &lt;them&gt; first." in shown
    assert "O&#x27;Hara &lt;b&gt;" in shown
    assert "<b>" not in shown


def test_the_last_known_name_is_that_of_the_door_and_of_nobody_who_came(denise):
    visitor = Client(raise_request_exception=False)
    cast.sign_in(visitor, cast.person("Micky Garrod"))
    visitor.get("/nowhere/")
    assert errors._last_known == {"whom": "Denise Armstrong"}


def test_the_name_of_a_private_helper_is_not_kept_for_the_next_person_to_meet_an_error(denise):
    """A refusal may name whoever walks with somebody: that name is theirs and not the next stranger's."""
    request = RequestFactory().get("/")
    request.viewer = None
    errors.refused(request, "Ask first.", "Bev Ormerod")
    shown = errors.broken(RequestFactory().get("/")).content.decode()
    assert "Bev Ormerod" not in shown


@pytest.fixture
def check_can_open_gate():
    from alongside.kernel.policy import CHECKS

    @policy
    def check_can_open_gate(viewer, thing=None):
        if thing == "shut":
            raise Denied("The gate is shut.", whom=viewer)

    yield check_can_open_gate
    CHECKS.pop(f"{check_can_open_gate.__module__}.check_can_open_gate")


def test_a_refusal_of_a_page_is_a_403_and_what_is_unknown_a_404(settings, check_can_open_gate):
    def gate(request, thing):
        raise AssertionError("opened")

    finds = {"shut": "shut"}
    page = guarded(check_can_open_gate, find=lambda viewer, which: finds.get(which))(gate)
    planted = [path("gate/<slug:which>/", page), *Planted.urlpatterns]
    settings.ROOT_URLCONF = type("Gate", (Planted,), {"urlpatterns": planted})
    visitor = Client()
    cast.sign_in(visitor, cast.person("Micky Garrod"))
    refused = visitor.get("/gate/shut/")
    assert (refused.status_code, visitor.get("/gate/other/").status_code) == (403, 404)
    assert "The gate is shut." in refused.content.decode()
    assert "Micky Garrod" in refused.content.decode()

"""A map of one's own life: begun from one's own page, in one's own words, and never asked for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.consent.looks import looked
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded
from alongside.people.models import Person
from alongside.walks import operations, policies
from alongside.walks.forms.own import AgainForm, PlaceForm
from alongside.walks.models import LifeMapPlace
from alongside.walks.queries.life_map import life_map_of, place_of, places_on
from alongside.walks.views.around import page


@require_GET
@guarded(policies.check_can_see_life_map, find=person_to_open)
def life_map(request: HttpRequest, person: Person) -> HttpResponse:
    """The map, for the one who made it; and for whoever walks with them, once they showed it."""
    looked(request.viewer, person, page="life map")
    return _shown(request, person, PlaceForm())


def _shown(request: HttpRequest, person: Person, form: PlaceForm) -> HttpResponse:
    drawn = life_map_of(viewer=request.viewer, person=person)
    places, before = places_on(drawn) if drawn else ([], {})
    on_it = [(place, before.pop(place.name, []), AgainForm(auto_id=f"{place.pk}_%s")) for place in places]
    gone = [place for those in before.values() for place in those]
    return page(request, "life_map", person, map=drawn, places=on_it, gone=gone, form=form)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def life_map_put(request: HttpRequest, person: Person) -> HttpResponse:
    """One more place on it; the first begins it."""
    form = PlaceForm(request.POST)
    if form.carried_out(
        lambda: operations.put_on_life_map(by=request.viewer, person=person, **form.cleaned_data)
    ):
        messages.success(request, _("It is on your map."))
        return redirect("life_map", person=person.pk)
    return _shown(request, person, form)


def _place(request: HttpRequest, person: Person) -> LifeMapPlace:
    place = place_of(viewer=request.viewer, person=person, key=request.POST.get("place", ""))
    if place is None:
        raise Http404
    return place


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def life_map_again(request: HttpRequest, person: Person) -> HttpResponse:
    """How it is there now. What was said before stays beside it."""
    place, words = _place(request, person), request.POST.get("words", "")
    operations.say_life_map_place_again(by=request.viewer, place=place, words=words)
    messages.success(request, _("Said again. What you said before is kept too."))
    return redirect("life_map", person=person.pk)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def life_map_off(request: HttpRequest, person: Person) -> HttpResponse:
    """Take a place off."""
    operations.take_off_life_map(by=request.viewer, place=_place(request, person))
    messages.success(request, _("It is off your map. You can put it back at any time."))
    return redirect("life_map", person=person.pk)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def life_map_show(request: HttpRequest, person: Person) -> HttpResponse:
    """Whoever walks with me may see it; or nobody any more."""
    drawn = life_map_of(viewer=request.viewer, person=person)
    if drawn is None:
        raise Http404
    shown = request.POST.get("shown") == "yes"
    operations.show_life_map(by=request.viewer, life_map=drawn, shown=shown)
    said = (
        _("Whoever walks with you sees it now. You can hide it again.")
        if shown
        else _("Nobody but you sees it now.")
    )
    messages.success(request, said)
    return redirect("life_map", person=person.pk)

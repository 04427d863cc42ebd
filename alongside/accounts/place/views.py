"""Pages of the place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.models.place import Neighbourhood, Place, Voice
from alongside.kernel.policy import guarded, open_to_all, signed_in
from alongside.kernel.request import Request

from . import facts, operations, picture, policies, queries, shades, table
from .drawing import Bounds
from .forms import DrawForm, SayForm, WordsForm
from .languages import named

NEAREST = 12  # neighbourhoods on a map to draw on: near enough to see streets apart
PUBLIC = "the place and its open data belong to everybody"


@require_GET
@open_to_all(PUBLIC)
def place(request: Request) -> HttpResponse:
    """Our place: its words, its neighbourhoods, what is said about it."""
    order, show = request.GET.get("order", "name"), request.GET.get("show", "")
    page = queries.place_page(viewer=request.viewer, order=order)
    if page is None:
        return render(request, "accounts/place.html", {"page": None})
    context = {
        "page": page,
        "place": page.place,
        "order": order,
        "show": show,
        **_words_around(request, page.place),
    }
    return render(request, "accounts/place.html", context | _map(page, show) | _table(page, order))


def _words_around(request: Request, place: Place) -> dict[str, Any]:
    return {
        "spoken": [(code, named(code)) for code in place.languages],
        "may_change": policies.check_can_change_words.allows(request.viewer),
        "may_change_principles": policies.check_can_change_principles.allows(request.viewer),
    }


def _map(page: queries.PlacePage, show: str) -> dict[str, Any]:
    everywhere = page.neighbourhoods
    if not everywhere:
        return {"picture": None}
    return {
        "picture": picture.draw(
            everywhere, [ward.boundary for ward in page.wards], shades.steps(show, everywhere)
        ),
        "legend": shades.legend(show),
        "choices": [(key, choice.label) for key, choice in shades.CHOICES.items()],
        "has_facts": any(each.kind == Neighbourhood.Kind.OFFICIAL for each in everywhere),
    }


def _table(page: queries.PlacePage, order: str) -> dict[str, Any]:
    return {
        "headings": table.headings(order),
        "lines": table.lines(page.neighbourhoods),
        "sentences": facts.of_place(page.neighbourhoods),
    }


@require_GET
@open_to_all(PUBLIC)
def neighbourhoods_csv(request: Request) -> HttpResponse:
    """The table as a file, with a byte order mark so that spreadsheets read names right."""
    rows = queries.neighbourhoods(viewer=request.viewer)
    response = HttpResponse("\ufeff" + table.as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="neighbourhoods.csv"'
    return response


@require_GET
@open_to_all(PUBLIC)
def neighbourhoods_geojson(request: Request) -> JsonResponse:
    """The shapes for the map that moves, and for anyone who wants them."""
    rows = queries.neighbourhoods(viewer=request.viewer)
    collection = {"type": "FeatureCollection", "features": [_feature(each) for each in rows]}
    return JsonResponse(collection, content_type="application/geo+json")


def _feature(each: Neighbourhood) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [each.lon, each.lat]}
    return {
        "type": "Feature",
        "id": each.slug,
        "properties": {"name": each.name, "kind": each.kind, "code": each.code, "page": each.slug},
        "geometry": each.boundary or point,
    }


@require_http_methods(["GET", "POST"])
@open_to_all(PUBLIC)
def neighbourhood(request: Request, slug: str) -> HttpResponseBase:
    """One neighbourhood: what the open data says beside what people who live here say."""
    viewer = request.viewer
    found = queries.find_neighbourhood(viewer=viewer, slug=slug)
    if found is None:
        raise Http404
    form = SayForm(request.POST or None)
    if request.method == "POST":
        policies.check_can_speak_about(viewer, found)
        if form.is_valid():
            operations.say_about_place(by=viewer, neighbourhood=found, **form.cleaned_data)
            messages.success(
                request, _("Your words stand beside the open data. You can take them back at any time.")
            )
            return redirect("place_neighbourhood", slug=slug)
    return render(request, "accounts/place_neighbourhood.html", _about(viewer, found) | {"form": form})


def _about(viewer: Any, found: Neighbourhood) -> dict[str, Any]:
    return {
        "neighbourhood": found,
        "facts": facts.of_neighbourhood(found),
        "domains": facts.domains(found),
        "tenth": facts.tenth(found.imd_decile),
        "rank": facts.rank(found.imd_rank),
        "picture": picture.draw([found, *queries.beside(viewer=viewer, neighbourhood=found)]),
        "voices": queries.voices_about(viewer=viewer, neighbourhood=found),
        "may_speak": policies.check_can_speak_about.allows(viewer, found),
    }


@require_http_methods(["GET", "POST"])
@signed_in(policies.check_can_draw)
def draw(request: Request) -> HttpResponseBase:
    """Draw the neighbourhood you know, on the map or as a list of points."""
    viewer = request.viewer
    page = queries.place_page(viewer=viewer)
    if page is None or not page.neighbourhoods:
        raise Http404
    form = DrawForm(request.POST or None, near=_near(page))
    if form.is_valid():
        words = form.cleaned_data
        drawn = operations.draw_neighbourhood(
            by=viewer, name=words["name"], boundary=words["points"], note=words["note"]
        )
        messages.success(request, _("%(name)s is on the map, as you drew it.") % {"name": drawn.name})
        return redirect("place_neighbourhood", slug=drawn.slug)
    drawing = _map_to_draw_on(
        page, queries.find_neighbourhood(viewer=viewer, slug=request.GET.get("around", ""))
    )
    return render(
        request, "accounts/place_draw.html", {"form": form, "picture": drawing, "place": page.place}
    )


def _map_to_draw_on(page: queries.PlacePage, around: Neighbourhood | None) -> picture.Picture:
    """The whole place, or closer in when somebody comes from one neighbourhood's page."""
    wards = [ward.boundary for ward in page.wards]
    if around is None:
        return picture.draw(page.neighbourhoods, wards)
    near = sorted(
        page.neighbourhoods, key=lambda one: (one.lon - around.lon) ** 2 + 3 * (one.lat - around.lat) ** 2
    )
    return picture.draw(near[:NEAREST])


def _near(page: queries.PlacePage) -> Bounds:
    lons, lats = [each.lon for each in page.neighbourhoods], [each.lat for each in page.neighbourhoods]
    return min(lons), min(lats), max(lons), max(lats)


@require_POST
@guarded(policies.check_can_take_back, queries.find_voice)
def take_back(request: Request, voice: Voice) -> HttpResponseBase:
    """Take words about the place back, at once."""
    where = voice.neighbourhood
    operations.take_back_words(by=request.viewer, voice=voice)
    messages.success(request, _("Those words are gone."))
    return redirect("place_neighbourhood", slug=where.slug) if where else redirect("place")


@require_http_methods(["GET", "POST"])
@signed_in(policies.check_can_change_words)
def change_words(request: Request) -> HttpResponseBase:
    """The words and languages of the place, for its stewards."""
    place = queries.the_place()
    if place is None:
        raise Http404
    form = WordsForm(request.POST or None, place=place)
    if form.is_valid():
        operations.change_words(by=request.viewer, place=place, words=form.cleaned_data)  # type: ignore[attr-defined,arg-type]
        messages.success(request, _("The place's words are changed, for everybody, from now on."))
        return redirect("place")
    return render(request, "accounts/place_words.html", {"form": form, "place": place})

"""Walking alongside: who walks with somebody; an offer and its answer; resting; coming back in one tap."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.consent.lanes import queries as lanes
from alongside.consent.looks import looked
from alongside.consent.policies import check_can_open_page
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import Denied, guarded, signed_in
from alongside.messages.models import Hello
from alongside.messages.operations import write_down
from alongside.messages.queries import find_hello
from alongside.people.models import Person
from alongside.walks import operations, policies, queries
from alongside.walks.forms import walk as forms
from alongside.walks.models import Walk
from alongside.walks.views.around import page, what_we_hold_to
from alongside.walks.views.one import READ_OR_SEND, asked, done, page_of, sent, whose_words


@require_GET
@signed_in()
def my_walk(request: HttpRequest) -> HttpResponse:
    """Who walks with me."""
    return redirect("walk", person=request.viewer.pk)


@require_GET
@guarded(check_can_open_page, find=person_to_open)
def walk(request: HttpRequest, person: Person) -> HttpResponse:
    """Who walks with somebody and who is there when they are not; how it is now, and how it went."""
    walks = queries.walks_of(viewer=request.viewer, person=person)
    looked(request.viewer, person, page="walk", parts=[told.pk for told in walks])
    repairs = queries.repairs_of(viewer=request.viewer, person=person)
    offered = {told.repair.duty_id for told in repairs}
    duties = lanes.duties_of(viewer=request.viewer, person=person)
    return page(
        request, "walk", person, "walk", walks=walks, repairs=repairs, **what_we_hold_to(request.viewer),
        may_offer=policies.check_can_offer_walk.allows(request.viewer) and not walks,
        to_repair=[duty for duty in duties if duty.told_at and duty.pk not in offered],
    )  # fmt: skip


@require_GET
@guarded(policies.check_can_see_walk, find=queries.walk_to_open)
def one_walk(request: HttpRequest, walk: Walk) -> HttpResponse:
    """One walk: for whoever offered it, before anything else is open to them."""
    return page_of(request, "one_walk", walk, read=True)


@READ_OR_SEND
@guarded(policies.check_can_offer_to, find=person_to_open)
def offer(request: HttpRequest, person: Person) -> HttpResponse:
    """Offer to walk with somebody whose page is open: a few words, and who is there when I am not."""
    form = _offer_form(request, knows=True)
    if request.method == "POST" and form.is_valid():
        made = operations.offer_walk(
            by=request.viewer, people=[person], words=form.cleaned_data["words"], cover=form.chosen
        )
        return done(request, made, _("Offered. They say yes, or not now: both are fine."))
    return page(request, "offer", person, form=form)


@READ_OR_SEND
@guarded(policies.check_can_offer_after_hello, find=find_hello)
def offer_after_hello(request: HttpRequest, hello: Hello) -> HttpResponse:
    """A hello became somebody to walk with: write down who they are, with their yes, and offer it."""
    form = _offer_form(request, knows=hello.person_id is not None, name=hello.called)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = _offer_after(request, hello, form)
        except Denied as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Offered. They say yes, or not now: both are fine."))
            return redirect("one_walk", walk=made.pk)
    return render(request, "walks/offer_after_hello.html", {"form": form, "hello": hello})


def _offer_form(request: HttpRequest, *, knows: bool, name: str = "") -> forms.OfferForm:
    people = queries.who_could_walk(viewer=request.viewer, but_not=[request.viewer.pk])
    return forms.OfferForm(
        sent(request), people=people, knows=knows, needs_who=False, initial={"name": name},
        asks=_("Who is there when you are not?"), label=_("Say it as you would say it to them"),
    )  # fmt: skip


def _offer_after(request: HttpRequest, hello: Hello, form: forms.OfferForm) -> Walk:
    person = hello.person or write_down(by=request.viewer, hello=hello, name=form.cleaned_data["name"])
    return operations.offer_walk(
        by=request.viewer, people=[person], words=form.cleaned_data["words"], cover=form.chosen, about=hello
    )


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def yes(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Their yes, by their own hand, or written down; and who is there when the walker is not."""
    told = queries.told_walk(viewer=request.viewer, walk=walk)
    own = told.mine is not None
    walker = told.walker.who.pk if told.walker else None
    people = queries.who_could_walk(
        viewer=request.viewer, but_not=[key for key in (walker, told.mine) if key]
    )
    form = forms.WhoForm(
        sent(request), people=people, needs_who=told.cover is None, first=told.cover and told.cover.who.pk,
        asks=_("Who else, for when they are not there?") if own else _("Who is there when you are not?"),
        label=_("Anything to say?") if own else _("What did they say?"),
    )  # fmt: skip

    def begin() -> None:
        operations.begin_walk(
            by=request.viewer, walk=walk, cover=form.chosen, words=form.cleaned_data["words"],
            said_by=whose_words(request, walk), reads=request.POST.get("do") == "reads",
        )  # fmt: skip

    return asked(request, walk, form, begin, _("Good. You walk together from now on."), doing="yes",
                 heading=_("Walk together") if own else _("They said yes"))  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def not_now(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Not now: it costs nothing."""
    form = forms.WordsForm(sent(request))

    def decline() -> None:
        operations.decline_walk(
            by=request.viewer, walk=walk, words=form.cleaned_data["words"], said_by=whose_words(request, walk)
        )

    return asked(request, walk, form, decline, _("That is fine. You can say hello any time."),
                 heading=_("Not now"), button=_("Not now"))  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def rest(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Let it rest, with those who carry on meanwhile."""
    told = queries.told_walk(viewer=request.viewer, walk=walk)
    person = whose_words(request, walk)
    ties = queries.ties_to_carry_on(viewer=request.viewer, person=person) if person else []
    form = forms.RestForm(sent(request), ties=ties, own=told.mine is not None)

    def rest_it() -> None:
        keys = form.cleaned_data.get("ties", [])
        chosen = queries.ties_named(viewer=request.viewer, person=person, keys=keys) if person else []
        operations.rest_walk(
            by=request.viewer, walk=walk, words=form.cleaned_data["words"], ties=chosen, said_by=person
        )

    return asked(
        request, walk, form, rest_it, _("It rests now. One tap brings it back, whenever that is."),
        heading=_("Let it rest for a while"), button=_("Let it rest"),
        lead=_("A rest is not an end. Nobody is crossed off, and nothing has to be told again."),
    )  # fmt: skip


@require_POST
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def come_back(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Back, in one tap."""
    back = operations.come_back(by=request.viewer, walk=walk, said_by=whose_words(request, walk))
    if back.state == Walk.State.WALKING:
        return done(request, walk, _("Good to have you back. You walk together again."))
    return done(
        request, walk, _("Good to have you back. We are looking for a second person, and somebody knows.")
    )


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def moved(request: HttpRequest, walk: Walk) -> HttpResponse:
    """They moved away."""
    form = forms.WordsForm(sent(request))
    return asked(
        request, walk, form,
        lambda: operations.moved_away(by=request.viewer, walk=walk, words=form.cleaned_data["words"]),
        _("Kept. One tap brings it back, wherever that is."), heading=_("Moved away"), button=_("Moved away"),
        lead=_("Nothing is lost by it. Whoever moves back, or rings from there, comes back in one tap."),
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_keeps, find=queries.walk_to_open)
def died(request: HttpRequest, walk: Walk) -> HttpResponse:
    """They died."""
    form = forms.WordsForm(sent(request), label=_("What would you like to be remembered?"))
    return asked(
        request, walk, form,
        lambda: operations.died(by=request.viewer, walk=walk, words=form.cleaned_data["words"]),
        _("Kept. Take the time you need."), heading=_("They died"), button=_("They died"),
        lead=_("We are sorry. What they said stays as they said it, and you can still read it. Nothing is sent"
               " to anybody by this. Ring somebody you like before you write anything down."),
    )  # fmt: skip

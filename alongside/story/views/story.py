"""Reading and writing a story."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.consent.looks import looked
from alongside.consent.policies import check_can_open_page, who_can
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded
from alongside.people.models import Person
from alongside.story import operations, policies, prompts, queries
from alongside.story.forms.story import (
    AnswerForm,
    AudienceForm,
    Kept,
    SayAgainForm,
    SayForm,
    audience_choices,
)
from alongside.story.models import StoryPart
from alongside.story.views.around import back_to_story, page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@guarded(check_can_open_page, find=person_to_open)
def story(request: HttpRequest, person: Person) -> HttpResponse:
    """A story, strengths first, as far as it is for the one who reads."""
    parts = queries.story_of(viewer=request.viewer, person=person)
    look = looked(request.viewer, person, page="story", parts=[told.pk for told in parts])
    own = policies.is_own(request.viewer, person.pk)
    return page(
        request, "story", person, "story",
        parts=parts,
        look=look,
        walkers=[str(basis.actor) for basis in who_can(person) if basis.whole] if own else [],
        away=queries.story_of(viewer=request.viewer, person=person, put_away=True) if own else [],
        begin=[(kind, prompts.ask(kind, own=own, called=str(person))) for kind in prompts.FIRST],
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_write, find=person_to_open)
def say(request: HttpRequest, person: Person) -> HttpResponse:
    """One box and a gentle question; the rest is folded away with good answers in it."""
    own = policies.is_own(request.viewer, person.pk)
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    kind = asked if asked in StoryPart.Kind.values else StoryPart.Kind.WHAT_MATTERS
    question = prompts.ask(kind, own=own, called=str(person))
    first = {"kind": kind, "audience": "walkers", "speaker": Kept.THEM, "language": request.LANGUAGE_CODE[:2]}
    form = SayForm(
        request.POST or None, request.FILES or None, initial=first, person=person, own=own,
        question=question, kind=kind,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            part = _say(request, person, form)
        except ValueError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Kept, just as it was said."))
            return back_to_story(person, part.pk)
    return page(
        request, "say", person, form=form, begin=prompts.begin(kind, str(person)), kind=kind,
        kinds=_kinds(own, str(person), kind),
    )  # fmt: skip


def _kinds(own: bool, called: str, now: str) -> list[tuple[str, str]]:
    """The other things one could talk about. A hunch is about somebody else."""
    others = [
        kind for kind in StoryPart.Kind.values if kind != now and not (own and kind == StoryPart.Kind.HUNCH)
    ]
    return [(kind, prompts.ask(kind, own=own, called=called)) for kind in others]


def _say(request: HttpRequest, person: Person, form: SayForm) -> StoryPart:
    cleaned = form.cleaned_data
    mine = cleaned.get("speaker") == Kept.ME
    speaker = request.viewer if mine else None
    return operations.say(
        by=request.viewer, person=person, kind=cleaned["kind"], audience=cleaned["audience"], speaker=speaker,
        **form.said(),
    )  # fmt: skip


@require_GET
@guarded(policies.check_can_read_part, find=queries.part_to_open)
def part(request: HttpRequest, part: StoryPart) -> HttpResponse:
    """One part by itself, with everything that was said before and beneath it."""
    looked(request.viewer, part.person, page="story", parts=[part.pk])
    return page(request, "one_part", part.person, told=queries.told(viewer=request.viewer, part=part))


@READ_OR_SEND
@guarded(policies.check_can_add_version, find=queries.part_to_open)
def say_again(request: HttpRequest, part: StoryPart) -> HttpResponse:
    """The same, said another way; what was said before stays."""
    looked(request.viewer, part.person, page="story", parts=[part.pk])
    told = queries.told(viewer=request.viewer, part=part)
    latest = told.latest.version
    first = {"words": latest.words, "language": latest.language, "after": latest.number}
    form = SayAgainForm(
        request.POST or None, request.FILES or None, initial=first, question=_("How would you say it now?")
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = operations.say_again(
                by=request.viewer, part=part, after=form.cleaned_data["after"], **form.said()
            )
        except ValueError as error:
            form.refuse(error)
        else:
            _tell_both_kept(request, stale=version.follows < version.number - 1)
            return back_to_story(part.person, part.pk)
    return page(request, "say_again", part.person, form=form, told=told)


def _tell_both_kept(request: HttpRequest, *, stale: bool) -> None:
    if stale:
        both = _(
            "Somebody else said it another way while you were writing. Both are kept, one beneath the other."
        )
        messages.warning(request, both)
    else:
        messages.success(request, _("Kept. What was said before is still there."))


@READ_OR_SEND
@guarded(policies.check_can_answer, find=queries.part_to_open)
def answer(request: HttpRequest, part: StoryPart) -> HttpResponse:
    """A few words beneath a part. Nothing above them changes."""
    looked(request.viewer, part.person, page="story", parts=[part.pk])
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.answer(by=request.viewer, part=part, words=form.cleaned_data["words"])
        messages.success(request, _("Your answer stands beneath it."))
        return back_to_story(part.person, part.pk)
    return page(
        request, "answer", part.person, form=form, told=queries.told(viewer=request.viewer, part=part)
    )


@READ_OR_SEND
@guarded(policies.check_can_narrow_audience, find=queries.part_to_open)
def audience(request: HttpRequest, part: StoryPart) -> HttpResponse:
    """Whom a part is for."""
    looked(request.viewer, part.person, page="story", parts=[part.pk])
    own = policies.is_own(request.viewer, part.person_id)
    choices = audience_choices(own=own, called=str(part.person))
    form = AudienceForm(request.POST or None, initial={"audience": part.audience}, choices=choices)
    if request.method == "POST" and form.is_valid():
        operations.set_audience(by=request.viewer, thing=part, audience=form.cleaned_data["audience"])
        messages.success(request, _("That holds from now on."))
        return back_to_story(part.person, part.pk)
    told = queries.told(viewer=request.viewer, part=part)
    return page(request, "audience", part.person, form=form, told=told)


@require_POST
@guarded(policies.check_can_put_away, find=queries.part_to_open)
def put_away(request: HttpRequest, part: StoryPart) -> HttpResponse:
    """Off the page, and kept."""
    operations.put_away(by=request.viewer, part=part)
    messages.success(request, _("Put away. You can bring it back from the end of this page."))
    return redirect("story", person=part.person_id)


@require_POST
@guarded(policies.check_can_put_away, find=queries.part_to_open)
def bring_back(request: HttpRequest, part: StoryPart) -> HttpResponse:
    """Back on the page."""
    operations.bring_back(by=request.viewer, part=part)
    messages.success(request, _("It is back on your page."))
    return back_to_story(part.person, part.pk)

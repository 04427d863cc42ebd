"""Thirty and more ways in which a house like this leaks, each to be planted, and to be caught.

A hole in one lock is tried with the other lock off, since the other would hold. Each says who would notice and
on which pages, so that only that slice is asked.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.db.models import Q
from django.http import HttpResponse

from tests.database import as_owner
from tests.leaks.locks import everywhere
from tests.leaks.place import Here

ROWS_ALONE, POLICIES_ALONE, BOTH = "row-level security alone", "policies alone", "both locks"


@dataclass(frozen=True)
class Plant:
    """One hole: what it is, who would read what they should not, where, and how it is opened."""

    what: str
    who: str
    pages: tuple[str, ...]
    lock: str
    open: Callable[[Here], AbstractContextManager[Any]]


def _sql(*statements: str) -> Callable[[Here], AbstractContextManager[Any]]:
    """A hole in the database. The test's transaction closes it again."""

    @contextmanager
    def opened(here: Here) -> Iterator[None]:
        with as_owner() as cursor:
            for statement in statements:
                cursor.execute(statement)
        yield

    return opened


def _see(table: str, condition: str) -> Callable[[Here], AbstractContextManager[Any]]:
    return _sql(f"ALTER POLICY see ON {table} USING ({condition})")


OPENS = """CREATE OR REPLACE FUNCTION guard.{name}() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg({what}), '{{}}') FROM consent_basis b JOIN people_person p ON p.id = b.person_id
     WHERE b.actor_id = guard.me() AND {when} $$"""


def _guard(when: str, what: str = "b.person_id") -> Callable[[Here], AbstractContextManager[Any]]:
    """A guard that opens pages by another rule than the house's."""
    return _sql(*(OPENS.format(name=name, what=what, when=when) for name in ("people", "whole")))


def _instead(name: str, function: Callable[..., Any]) -> Callable[[Here], AbstractContextManager[Any]]:
    """Another function in the place of a dotted name, wherever it was taken."""

    @contextmanager
    def opened(here: Here) -> Iterator[None]:
        from django.utils.module_loading import import_string

        with everywhere(import_string(name), function):
            yield

    return opened


def _patched(name: str, function: Callable[..., Any]) -> Callable[[Here], AbstractContextManager[Any]]:
    return lambda here: mock.patch(name, function)


def _bases_without_end(viewer: Any) -> list[Any]:
    from alongside.consent.models import Basis

    return list(Basis.objects.filter(actor=viewer).order_by("-whole", "from_at"))


def _bases_without_closeness(viewer: Any) -> list[Any]:
    from alongside.kernel import clock

    now = clock.now()
    return [
        basis
        for basis in _bases_without_end(viewer)
        if basis.from_at <= now and (basis.to_at is None or basis.to_at > now)
    ]


def _without_audience(viewer: Any, of: Any = None) -> Q:
    from alongside.consent.policies import people_walked_with, selves

    return Q(person__in=selves(viewer) | people_walked_with(viewer))


def _any_look(*, viewer: Any, person: Any, most: int) -> Any:
    from alongside.audit.models import Look

    return list(Look.objects.order_by("-at")[:most])


def _whole_story_on_paper(*, viewer: Any, person: Any) -> Any:
    from alongside.story import queries
    from alongside.story.models import StoryPart

    told = queries._tell(viewer, person.pk, StoryPart.objects.filter(person=person))
    return queries.OnePageOf(person, "", True, list(told), chosen=True, changed_at=None)


def _other_names(viewer: Any, person: Any) -> str:
    return " ".join(person.aliases.values_list("name", flat=True))


def _called(pk: Any) -> str:
    from alongside.people.models import Person

    with as_owner():
        found = Person.objects.filter(pk=pk).first()
    return found.called if found else ""


def _who_it_was_about(request: Any, exception: Any = None) -> HttpResponse:
    """A page of what could not be found that says whose it is."""
    key = request.resolver_match.kwargs.get("person") if request.resolver_match else None
    return HttpResponse(f"There is no page of {_called(key)} for you.", status=404)


def _with_their_name(path: str, *args: Any) -> HttpResponse:
    key = path.split("/")[2] if path.startswith("/people/") and path.count("/") > 2 else None
    return HttpResponse(status=302, headers={"Location": f"/sign-in/?whom={_called(key)}"})


def _the_same_for_all() -> Callable[..., Any]:
    """A cache that forgets who asked."""
    from alongside.people.middleware import Language

    kept: dict[str, Any] = {}
    serve = Language.__call__

    def cached(self: Any, request: Any) -> Any:
        if request.path not in kept:
            kept[request.path] = serve(self, request)
        return kept[request.path]

    return cached


def _words_copied_into_the_trouble() -> str:
    return """UPDATE alongside_messages_delivery d SET trouble = 'Could not send: ' || m.words
              FROM alongside_messages_message m WHERE m.id = d.message_id"""


def _every_doing(viewer: Any, of: Any = None) -> Q:
    from alongside.consent.policies import opened_to, selves
    from alongside.people.models import Person

    return Q(person__in=selves(viewer)) | Q(person__in=Person.objects.filter(opened_to(viewer)))


def _every_draft(*, viewer: Any, person: Any, about: Any = None) -> list[Any]:
    from alongside.walks.models import Draft

    return list(Draft.objects.filter(person=person))


IN_TIME = "b.whole AND b.from_at <= guard.at() AND (b.to_at IS NULL OR b.to_at > guard.at())"
SAID = "b.whole AND b.kind = 'say_so'"
THEIRS = (
    "person_id = ANY((SELECT guard.people())::uuid[]) OR person_id = ANY((SELECT guard.selves())::uuid[])"
)
TEAM = "(SELECT guard.holds(ARRAY['team_lead']))"
LEADS = "(SELECT guard.holds(ARRAY['team_lead', 'place_steward']))"
PEOPLE_HELPED = """CREATE FUNCTION guard.helped() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT person_id FROM doings_doing WHERE guard.me() IN (owner_id, helper_id) $$"""
KEPT_ONCE = "walk_id IN (SELECT walk_id FROM walks_company WHERE person_id = (SELECT guard.me()))"
STEWARDS = "(SELECT guard.holds(ARRAY['place_steward']))"

PLANTS = [
    Plant("a table is left without its lock", "part_reader", ("circle",), ROWS_ALONE,
          _sql("ALTER TABLE story_tie DISABLE ROW LEVEL SECURITY")),
    Plant("a lock forgets whom a part is for", "part_reader", ("story",), ROWS_ALONE,
          _see("story_storypart", THEIRS)),
    Plant("a lock forgets that a Basis ends", "ended", ("story", "person"), ROWS_ALONE,
          _guard(SAID)),
    Plant("a lock forgets who is kin", "kin", ("story", "person"), ROWS_ALONE, _guard(IN_TIME)),
    Plant("two records put together open both to whoever read one", "worker", ("story",), ROWS_ALONE,
          _guard(IN_TIME, "coalesce(p.same_as_id, p.id)")),
    Plant("anybody may read how somebody is reached", "part_reader", ("rows",), ROWS_ALONE,
          _see("people_reach", THEIRS)),
    Plant("words of a hello are for the whole team", "team_lead", ("rows",), ROWS_ALONE,
          _see("alongside_messages_hello", TEAM)),
    Plant("words of a message are for the whole team", "team_lead", ("rows",), ROWS_ALONE,
          _see("alongside_messages_message", TEAM)),
    Plant("a steward sees words", "steward", ("rows",), ROWS_ALONE, _see("story_partversion", STEWARDS)),
    Plant("a name is anybody's to find", "worker", ("people",), ROWS_ALONE,
          _sql("ALTER POLICY see ON people_person USING (true)",
               """CREATE OR REPLACE FUNCTION guard.find_people(words text, up_to int) RETURNS SETOF uuid
                  LANGUAGE sql SECURITY DEFINER AS $$ SELECT id FROM public.people_person LIMIT up_to $$""")),
    Plant("a policy lets everybody see a circle", "part_reader", ("circle",), POLICIES_ALONE,
          _instead("alongside.story.policies.circle_visible_to", lambda viewer, of=None: Q())),
    Plant("a policy forgets whom a part is for", "walker", ("story",), POLICIES_ALONE,
          _instead("alongside.story.policies.visible_to", _without_audience)),
    Plant("a policy forgets that a Basis ends", "ended", ("story", "person"), POLICIES_ALONE,
          _instead("alongside.consent.policies.live_bases", _bases_without_end)),
    Plant("a child's page opens to a parent", "mother", ("story", "person"), POLICIES_ALONE,
          _instead("alongside.consent.policies.live_bases", _bases_without_closeness)),
    Plant("who looked is shown to another", "neighbour", ("my_page",), POLICIES_ALONE,
          _patched("alongside.consent.queries.latest_looks", _any_look)),
    Plant("a photo comes to whoever has its address", "taken_back", ("story_upload",), ROWS_ALONE,
          _sql("ALTER POLICY see ON story_upload USING (true)",
               "ALTER POLICY see ON story_partversion USING (true)",
               "ALTER POLICY see ON story_storypart USING (true)", "ALTER POLICY see ON people_person USING (true)")),
    Plant("the one page on paper holds what was not chosen", "part_reader", ("one_page_pdf",), POLICIES_ALONE,
          _instead("alongside.story.queries.one_page", _whole_story_on_paper)),
    Plant("a page shows other names", "part_reader", ("person",), POLICIES_ALONE,
          _instead("alongside.pages.person.finders.why_open", _other_names)),
    Plant("a page of what is not there says whose it is", "neighbour", ("person",), BOTH,
          _patched("alongside.config.urls.handler404", _who_it_was_about)),
    Plant("the way to sign in carries a name", "signed out", ("person",), BOTH,
          _instead("django.contrib.auth.views.redirect_to_login", _with_their_name)),
    Plant("a cache forgets who asked", "neighbour", ("my_page",), BOTH,
          lambda here: mock.patch("alongside.people.middleware.Language.__call__", _the_same_for_all())),
    Plant("what is broken tells the words", "steward", ("rows",), BOTH, _sql(_words_copied_into_the_trouble())),
    Plant("whoever covered before the handover reads moments still", "refused", ("rows",), ROWS_ALONE,
          _sql("ALTER POLICY see ON walks_company USING (true)",
               f"ALTER POLICY see ON walks_moment USING ({KEPT_ONCE})")),
    Plant("a moment stays with two, and comes to whoever was there too", "mother", ("rows",), ROWS_ALONE,
          _see("walks_moment", "id = ANY((SELECT guard.moments_with())::uuid[])")),
    Plant("a lock forgets who is writing a draft", "cover", ("rows",), ROWS_ALONE,
          _see("walks_draft", THEIRS)),
    Plant("how long writing took is for the lead", "team_lead", ("rows",), ROWS_ALONE,
          _see("walks_timewriting", LEADS)),
    Plant("an arc is read before its person showed it", "walker", ("rows",), ROWS_ALONE,
          _see("walks_arcline", THEIRS)),
    Plant("a map of a life is for whoever walks with them", "cover", ("rows",), ROWS_ALONE,
          _sql(f"ALTER POLICY see ON walks_lifemap USING ({THEIRS})")),
    Plant("a lead sees whose walk it is", "team_lead", ("rows",), ROWS_ALONE,
          _sql(f"ALTER POLICY see ON walks_walkperson USING ({LEADS})",
               "ALTER POLICY see ON people_person USING (id IN (SELECT person_id FROM walks_walkperson))")),
    Plant("whoever may walk with somebody reads what they talk over", "not_yet", ("rows",), ROWS_ALONE,
          _see("walks_walkstep", "walk_id IN (SELECT walk_id FROM walks_handover)")),
    Plant("a helper sees the whole plan", "team_lead", ("rows",), ROWS_ALONE,
          _sql(PEOPLE_HELPED, "ALTER POLICY see ON doings_doing USING (person_id IN (SELECT * FROM guard.helped()))")),
    Plant("a plan is everybody's to whom one part of the story is open", "part_reader", ("plan",), POLICIES_ALONE,
          _instead("alongside.doings.policies.visible_to", _every_doing)),
    Plant("a policy forgets whom a moment is for", "part_reader", ("moments",), POLICIES_ALONE,
          _instead("alongside.walks.policies.moments_visible_to", _every_doing)),
    Plant("a draft stands on another's page", "walker", ("moments", "moment_new"), POLICIES_ALONE,
          _instead("alongside.walks.queries.timeline.drafts_on", _every_draft)),
]  # fmt: skip

# What is done to somebody, and what is said of them, is never kept from them: each of these would.
HIDINGS = [
    Plant("a duty is hidden from the one it is done to", "ada", ("rows",), ROWS_ALONE,
          _see("consent_duty", "written_down_by_id = (SELECT guard.me())")),
    Plant("a doing is hidden from whoever owns it", "sister", ("rows",), ROWS_ALONE,
          _see("doings_doing", "person_id = ANY((SELECT guard.selves())::uuid[])")),
    Plant("a moment is hidden from the one it is about", "ada", ("rows",), ROWS_ALONE,
          _see("walks_moment", "by_id = (SELECT guard.me())")),
    Plant("a handover is hidden from the one it is about", "ada", ("rows",), ROWS_ALONE,
          _see("walks_handover", "from_walker_id = (SELECT guard.me())")),
]  # fmt: skip

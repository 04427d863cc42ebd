"""Find: the page behind Ctrl+K, which works by itself."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.kernel.policy import signed_in
from alongside.kernel.request import Request
from alongside.pages.find.things import things
from alongside.people.models import Person
from alongside.people.policies import check_serves


@signed_in(check_serves)
def find(request: Request) -> HttpResponse:
    """A person whose page is open to me, a page, or something to do, by a few letters. It is no look."""
    me: Person = request.viewer
    words = request.GET.get("q", "")
    return render(request, "pages/find/find.html", {"words": words, "found": things(viewer=me, words=words)})

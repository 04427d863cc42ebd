"""What residents read: their pages with every part of them, and the code whose words they are asked and told."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.house import sources

EXTENDS = re.compile(r"{%\s*extends\s+(?:[\"']([^\"']+)[\"']|base\b)")
INCLUDED = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)")
# Pages for residents that stand on no layout of theirs: papers put into their hands, and the page of a phone
# without a signal, on which somebody writes about their own day too.
ALSO = {
    *("doings/duty.html", "doings/plan_on_paper.html", "pages/person/one_page.html"),
    *("accounts/link_sheet.html", "pages/offline/offline.html"),
}
# Code whose words residents read: forms they fill in, questions they are asked, what is said back to them.
CODE = (
    *("alongside/story/", "alongside/consent/", "alongside/doings/", "alongside/walks/"),
    *("alongside/people/forms.py", "alongside/people/views.py", "alongside/people/policies.py"),
    *("alongside/messages/forms.py", "alongside/messages/views/", "alongside/messages/sign_in.py"),
    *("alongside/messages/operations/", "alongside/messages/policies.py", "alongside/messages/reaching.py"),
    *(
        "alongside/pages/person/",
        "alongside/pages/days/",
        "alongside/pages/offline/",
        "alongside/pages/people/",
    ),
    *("alongside/pages/context.py", "alongside/pages/errors.py", "alongside/pages/policies.py"),
    *("alongside/accounts/forms/", "alongside/accounts/adapters.py", "alongside/design/days.py"),
)


def templates() -> list[Path]:
    """Templates of pages for residents: those that stand on the layout `design/person.html`.

    One that says `extends base` is on a resident's layout when it is about the one who reads it.
    """
    above = {
        sources.template_name(path): found[1] or "design/person.html"
        for path in sources.templates()
        if (found := EXTENDS.search(path.read_text()))
    }

    def stands_on(name: str) -> bool:
        return name in ALSO or name == "design/person.html" or (name in above and stands_on(above[name]))

    return [
        path
        for path in sources.templates()
        if stands_on(sources.template_name(path)) and "showcase" not in path.name
    ]


def with_parts(paths: Iterable[Path]) -> list[Path]:
    """These templates, their layouts, and everything that is part of them."""
    by_name = {sources.template_name(path): path for path in sources.templates()}
    found: set[Path] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [by_name[name] for name in INCLUDED.findall(path.read_text()) if name in by_name]
    return sorted(found)

"""Who may open what: every page of the house and every role, found out by asking.

`python -m pytest tests/leaks/test_table.py` with `ALONGSIDE_WRITE_REFERENCE=1` writes the page anew.
"""

from pathlib import Path

from django.conf import settings

from tests.database import as_owner
from tests.leaks import addresses, attack, place
from tests.leaks.profile import MOST

WRITTEN = Path(settings.ROOT) / "docs" / "reference" / "who-may-open-what.md"
OPENS, NOT_FOUND, IN_WORDS, SIGN_IN, SENT_ON, POSTED, OTHER = (
    "opens", "not found", "no, in words", "sign in", "sent on", "takes a form", "not now",
)  # fmt: skip
HEAD = f"""# Who may open what
Every page of the house and every role, as the house itself answers: this page is made by asking, and a test fails
while it is out of date (`ALONGSIDE_WRITE_REFERENCE=1 make test TESTS=tests/leaks/test_table.py` makes it anew).

Where an address holds a person or something of theirs, it is **the person's**: Ada's page, Ada's words, her say-so.
So a column says what that role may open of somebody else's; their own they may always open.

- **{OPENS}**: the page is shown, as far as its words are for them.
- **{IN_WORDS}**: a sentence says why not, and names a human.
- **{NOT_FOUND}**: nothing tells whether it exists.
- **{SIGN_IN}**: to the page to sign in. **{SENT_ON}**: to another page.
- **{POSTED}**: it is sent to, and not opened. **{OTHER}**: it is there and not to be had in this state.
"""


def answer_in_words(opened: attack.Answer) -> str:
    """What a status means to somebody at the page."""
    if opened.status == 302:
        return SIGN_IN if "next=/" in opened.text or "next=%2F" in opened.text else SENT_ON
    known = {200: OPENS, 403: IN_WORDS, 404: NOT_FOUND, 405: POSTED}
    return known.get(opened.status, OTHER)


def ask(here: place.Here, found: attack.Result) -> list[tuple[str, str, str, list[str]]]:
    """Each page's name, address and policy, and what it answered to each role."""
    with as_owner():
        pages = addresses.filled(here, MOST)[0]
    ours = {
        page.page.route: page
        for page in [*reversed(pages), *(p for p in reversed(pages) if _of_ada(p, here))]
    }
    return [
        (page.page.name, page.page.route, str(page.page.view.access),
         [answer_in_words(found.opened[who, page.address]) for who, _ in place.viewers(here)])
        for page in sorted(ours.values(), key=lambda page: page.page.route)
    ]  # fmt: skip


def _of_ada(page: addresses.Filled, here: place.Here) -> bool:
    """Whether this is the page everybody is asked about: Ada's, or nobody's."""
    return page.whose in (None, here.ada.pk) and str(here.sister.pk) not in page.address


def columns(here: place.Here) -> list[str]:
    """The roles, in the order in which they are asked."""
    return [place.title(who) for who, _ in place.viewers(here)]


def as_page(here: place.Here, found: attack.Result) -> str:
    """The page, as it is committed."""
    heads = ["page", "address", "who may", *columns(here)]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for name, route, access, answers in ask(here, found):
        lines.append(
            f"| {name} | `/{route}` | {access.replace('check_can_', 'can ')} | {' | '.join(answers)} |"
        )
    return HEAD + "\n" + "\n".join(lines) + "\n"

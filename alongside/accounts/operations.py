"""Every write of signing in: accounts opened, links made, used and taken back, passwords, sessions ended."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.accounts import hooks, keys
from alongside.accounts.models import Account, SignInLink
from alongside.accounts.policies import (
    check_can_make_link,
    check_can_open_account,
    check_can_take_back_link,
    check_is_own_account,
)
from alongside.audit.recording import operation, record
from alongside.kernel import acting, clock

Way = SignInLink.Way
# After that, whoever presses an old link is told that we do not know it instead of what became of it.
LINKS_KEPT = dt.timedelta(days=30)
SWEPT_AT_ONCE = 2000


class MadeLink(NamedTuple):
    """A link at the one moment its secrets are known: the row, the address, and the code if it is printed."""

    link: SignInLink
    url: str
    code: str


class LinkSpent(Exception):  # noqa: N818 - reads as the sentence it carries
    """A link that lets nobody in any more (or never did), with a sentence that says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _whose(account: Account) -> UUID | None:
    return hooks.person_of(account)[0]


def _check_new(username: str, email: str | None, password: str | None) -> None:
    if email:
        validate_email(email)
    if username and Account.objects.filter(username=username).exists():
        raise ValidationError({"username": _("Somebody signs in with that name already. Choose another.")})
    if email and Account.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("Somebody signs in with that e-mail already.")})
    if password:
        validate_password(password, Account(username=username, email=email))


@operation("sign_in.open_account")
def open_account(
    *, by: Any, username: str = "", email: str | None = None, password: str | None = None
) -> Account:
    """Open an account, with no password unless one is given; the caller gives it to a person.

    `by` is a person who helps, or None inside `working_on("accounts.open")`. Raises Denied for somebody
    without a role, ValidationError (by field) for a name or e-mail in use or a weak password.
    """
    if by is not None:
        check_can_open_account(by)
    elif acting.current().work != "accounts.open":
        raise ValueError('by=None opens accounts inside working_on("accounts.open") only')
    with acting.working_on("accounts.open", person=by):
        _check_new(username, email, password)
        account = Account.objects.create_user(username=username, email=email, password=password)
        record("sign_in.open_account", by=by, thing=account, fields={"username": username, "email": email})
    return account


@operation("sign_in.make_link")
def make_link(*, by: Any, account: Account, way: str) -> MadeLink:
    """Make a one-time link: 20 minutes by e-mail or text, 7 days on paper (settings `SIGN_IN_LINK_LASTS`).

    `by` is the person who makes it, or None inside `working_on("sign_in")` or `working_on("accounts.open")`.
    Its secrets are in the answer and nowhere else. Raises Denied when `by` may not let that account in.
    """
    if by is not None:
        check_can_make_link(by, account)
    key, code, now = keys.new_key(), keys.new_code() if way == Way.PRINTED else "", clock.now()
    link = SignInLink.objects.create(
        account=account,
        way=way,
        digest=keys.digest(key),
        code_digest=keys.digest(keys.plain(code)) if code else None,
        made_by_id=by.pk if by else None,
        made_at=now,
        until=now + settings.SIGN_IN_LINK_LASTS[way],
    )
    record("sign_in.make_link", by=by, thing=link, person_id=_whose(account), fields={"way": way})
    return MadeLink(link, keys.address(key), code)


def why_spent(link: SignInLink | None) -> str:
    """A sentence that says why this link lets nobody in."""
    if link is None:
        return _("We do not know this link.")
    if link.used_at:
        return _("This link has been used. Each one works once.")
    if link.taken_back_at:
        return _("This link was taken back.")
    return _("This link has run out.")


@operation("sign_in.use_link")
def use_link(*, by: None = None, key: str = "", code: str = "") -> Account:
    """Spend the link with this key, or the paper with this code; the answer is whom it lets in.

    Runs inside `working_on("sign_in")`. Raises LinkSpent for one that is used, run out, taken back or not
    known; of two at once, one gets in.
    """
    found = Q(digest=keys.digest(key)) if key else Q(code_digest=keys.digest(keys.plain(code)))
    link = SignInLink.objects.filter(found).select_related("account").first()
    now = clock.now()
    # Of its own row alone: a condition on another table is asked before a second press waits for the first one to
    # be done, and not again after it.
    good = Q(used_at__isnull=True, taken_back_at__isnull=True, until__gt=now)
    lets_in = link is not None and link.account.is_active
    if link is None or not lets_in or not SignInLink.objects.filter(good, pk=link.pk).update(used_at=now):
        if link is not None:
            link.refresh_from_db()
        raise LinkSpent(why_spent(link))
    record("sign_in.use_link", by=by, thing=link, person_id=_whose(link.account), fields={"used_at": now})
    return link.account


@operation("sign_in.take_back_link")
def take_back_link(*, by: Any, link: SignInLink) -> None:
    """Take a link back: it lets nobody in. Raises Denied for another's, LinkSpent if spent."""
    check_can_take_back_link(by, link)
    now = clock.now()
    open_still = SignInLink.objects.filter(pk=link.pk, used_at__isnull=True, taken_back_at__isnull=True)
    if not open_still.update(taken_back_at=now, taken_back_by_id=by.pk):
        link.refresh_from_db()
        raise LinkSpent(why_spent(link))
    record(
        "sign_in.take_back_link",
        by=by,
        thing=link,
        person_id=_whose(link.account),
        fields={"taken_back_at": now},
    )


@operation("sign_in.let_link_go")
def let_link_go(*, by: None = None, link: SignInLink) -> None:
    """Remove a link that has long let nobody in. Runs inside `working_on("sign_in.sweep")`."""
    record("sign_in.let_link_go", by=by, thing=link)
    link.delete()


def sweep_links() -> int:
    """Let every link go that was used, taken back or run out a month ago. Returns how many.

    Its row says who was let in and when, which is nobody's business for longer than it helps.
    """
    before = clock.now() - LINKS_KEPT
    spent = Q(until__lt=before) | Q(used_at__lt=before) | Q(taken_back_at__lt=before)
    with acting.working_on("sign_in.sweep"):
        links = list(SignInLink.objects.filter(spent).order_by("until")[:SWEPT_AT_ONCE])
        for link in links:
            let_link_go(link=link)
    return len(links)


@operation("sign_in.choose_password")
def choose_password(*, by: Any, account: Account, password: str) -> None:
    """Give one's own account a password: every other session ends. Raises Denied, or ValidationError."""
    check_is_own_account(by, account)
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    record("sign_in.choose_password", by=by, thing=account, person_id=by.pk, fields={"password": ""})


@operation("sign_in.end_sessions")
def end_sessions(*, by: Any, account: Account, sessions: Iterable[UserSession]) -> int:
    """End sessions of one's own account; each is a stranger at its next request. The answer is how many."""
    check_is_own_account(by, account)
    ended = [session for session in sessions if session.user_id == account.pk]
    for session in ended:
        session.end()
    record("sign_in.end_sessions", by=by, thing=account, person_id=by.pk, fields={"sessions": len(ended)})
    return len(ended)


@operation("sign_in.change_second_factor")
def note_second_factor(*, by: Any, account: Account, what: str) -> None:
    """Record that one's own passkey, phone code or spare codes changed: the library did the writing."""
    check_is_own_account(by, account)
    record("sign_in.change_second_factor", by=by, thing=account, person_id=by.pk, fields={"what": what})

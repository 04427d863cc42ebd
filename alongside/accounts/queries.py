"""Reads of signing in: links, sessions, and whom one may help in."""

from typing import Any, NamedTuple
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q

from alongside.accounts import hooks, keys
from alongside.accounts.models import Account, SignInLink
from alongside.accounts.policies import check_can_make_link, check_can_take_back_link
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.kernel.policy import narrow

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def link_with_key(key: str) -> SignInLink | None:
    """The link with this secret, spent or not (asked inside `sign_in`, before anybody acts)."""
    return SignInLink.objects.filter(digest=keys.digest(key)).select_related("account").first()


def open_links(*, viewer: Any) -> list[SignInLink]:
    """Links that would still let the viewer in, latest first."""
    good = Q(used_at__isnull=True, taken_back_at__isnull=True, until__gt=clock.now())
    return list(narrow(SignInLink.objects.filter(good), Q(account_id=viewer.account_id)).order_by("-made_at"))


def link_to_take_back(*, viewer: Any, link_id: UUID) -> SignInLink | None:
    """A link that the viewer may take back: their own, or one they made."""
    link = SignInLink.objects.filter(pk=link_id).first()
    return link if link is not None and check_can_take_back_link.allows(viewer, link) else None


def account_to_help(*, viewer: Any, account_id: UUID) -> Account | None:
    """An account the viewer may make a link for; None for any other, so that nobody learns of it."""
    with working_on("sign_in"):
        account = Account.objects.filter(pk=account_id, is_active=True).first()
    return account if account is not None and check_can_make_link.allows(viewer, account) else None


def sessions_of(*, viewer: Any) -> list[UserSession]:
    """Where the viewer is signed in, the latest first. Those that ended by themselves are left out."""
    found = UserSession.objects.filter(user_id=viewer.account_id).order_by("-last_seen_at")
    return [session for session in found if session.exists()]


def kinds_of(account: Account) -> set[str]:
    """Which kinds of second thing an account has ("webauthn", "totp", "recovery_codes")."""
    return set(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))


class Ways(NamedTuple):
    """How somebody signs in: their passkeys, whether a phone gives codes, how many spare codes are left."""

    passkeys: list[Authenticator]
    phone_code: bool
    spare_codes: int

    @property
    def two(self) -> bool:
        """Whether there is a second factor."""
        return bool(self.passkeys) or self.phone_code


def ways_of(*, viewer: Any) -> Ways:
    """How the viewer signs in."""
    found = list(Authenticator.objects.filter(user_id=viewer.account_id).order_by("created_at"))
    spare = [one for one in found if one.type == Authenticator.Type.RECOVERY_CODES]
    return Ways(
        passkeys=[one for one in found if one.type == Authenticator.Type.WEBAUTHN],
        phone_code=any(one.type == Authenticator.Type.TOTP for one in found),
        spare_codes=len(spare[0].wrap().get_unused_codes()) if spare else 0,
    )


def face(account_id: UUID) -> Account | None:
    """The account of one of the demo's faces, and of nobody else (asked inside `sign_in`)."""
    if account_id not in {one.account_id for one in hooks.faces()}:
        return None
    return Account.objects.filter(pk=account_id).first()

"""Who may let whom in."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.accounts import hooks
from alongside.accounts.models import Account, SignInLink
from alongside.kernel.policy import Denied, policy


@policy(
    because=_lazy("Whoever holds a link to your page can read it as you; Computer Misuse Act 1990 section 1.")
)
def check_can_make_link(viewer: Any, account: Account) -> None:
    """For oneself, or for somebody one walks with; a steward for those who serve the place."""
    if viewer.account_id != account.pk and not hooks.may_help_sign_in(viewer, account):
        raise Denied(_("Only they, or somebody who walks with them, can make a link that lets them in."))


@policy(because=_lazy("A way in that you did not want stays open when another may keep it so."))
def check_can_take_back_link(viewer: Any, link: SignInLink) -> None:
    """One's own, or one that one made for somebody."""
    if link.account_id != viewer.account_id and link.made_by_id != viewer.pk:
        raise Denied(_("Only they, or whoever made this link, can take it back."))


@policy(because=_lazy("An account opened by nobody in particular is answered for by nobody."))
def check_can_open_account(viewer: Any, _nothing: Any = None) -> None:
    """Those who help people: they hold a role today."""
    if not hooks.may_open_accounts(viewer):
        raise Denied(_("Accounts are opened by people who hold a role here. Ask any of them."))


@policy(because=_lazy("What is yours to decide is taken from you when another does it for you."))
def check_is_own_account(viewer: Any, account: Account) -> None:
    """One's own ways to sign in and nobody else's."""
    if viewer.account_id != account.pk:
        raise Denied(_("How somebody signs in is theirs to change, not yours."))

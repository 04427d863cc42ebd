"""`alongside user add`: somebody who may sign in. The first steward of a real place is made this way."""

import argparse
from typing import Any

from alongside.config.cli.house import CannotGoOn
from alongside.config.cli.saying import say, say_json


def add_commands(commands: Any) -> None:
    """Mount the command."""
    user = commands.add_parser("user", help="people who may sign in")
    add = user.add_subparsers(dest="verb", required=True, metavar="VERB").add_parser(
        "add", help="add somebody, and give a link with which they sign in once"
    )
    add.add_argument("--name", required=True, metavar="NAME", help="their name, as they say it")
    add.add_argument("--called", default="", metavar="NAME", help="what to call them (their first name)")
    add.add_argument("--role", action="append", default=[], metavar="ROLE", help="place_steward, duty_human…")
    add.add_argument("--organisation", default="", metavar="NAME", help="where they hold the role")
    add.add_argument("--email", default=None, metavar="ADDRESS", help="to be reached and to sign in by")
    add.add_argument("--json", action="store_true", help="say it as JSON")
    add.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Add a person with an account and roles; all of it or nothing."""
    from django.core.exceptions import ValidationError

    try:
        made = add_user(args.name, args.called, args.role, args.organisation, args.email)
    except ValidationError as error:
        raise CannotGoOn(" ".join(error.messages)) from error
    if args.json:
        say_json(made)
    else:
        say(f"{args.name} is here. This link lets them in once, until {made['until']:%d %B %Y, %H:%M} UTC:")
        say(f"  {made['url']}")
        say(f"or, on the sign-in page, this code: {made['code']}")
    return 0


def add_user(
    name: str, called: str, roles: list[str], organisation: str, email: str | None
) -> dict[str, Any]:
    """Write down a person with an account, the roles they hold from today, and a one-time link.

    Gives the person's key, the link's address and code, and the moment until which it holds. Raises
    ValidationError for what cannot be, CannotGoOn for an unknown role.
    """
    from alongside.accounts.models import SignInLink
    from alongside.accounts.operations import make_link, open_account
    from alongside.kernel.acting import working_on
    from alongside.people.operations import hold_role, write_down_person

    check_roles(roles)
    with working_on("accounts.open"):
        account = open_account(by=None, email=email)
        reach: Any = {"how": "email", "email": email} if email else None
        person = write_down_person(by=None, name=name, called=called, account=account, reach=reach)
        where = find_organisation(organisation) if organisation else None
        for role in roles:
            hold_role(by=None, person=person, role=role, organisation=where)
        made = make_link(by=None, account=account, way=SignInLink.Way.PRINTED)
    return {"person": person.pk, "url": made.url, "code": made.code, "until": made.link.until}


def check_roles(roles: list[str]) -> None:
    """Raise CannotGoOn for a role that this house does not know, with those it does."""
    from alongside.people.models import Role

    unknown = [role for role in roles if role not in Role.values]
    if unknown:
        raise CannotGoOn(f"'{unknown[0]}' is no role here. Roles are: {', '.join(Role.values)}.")


def find_organisation(name: str) -> Any:
    """The organisation of that name, added when it is new."""
    from alongside.people.models import Organisation
    from alongside.people.operations import add_organisation

    found = Organisation.objects.filter(name__iexact=name).first()
    return found or add_organisation(by=None, name=name, kind=Organisation.Kind.PUBLIC)

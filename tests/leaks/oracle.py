"""Who may see which word, by a plain reading of the decisions (docs/adr) and of nothing else.

No policy, query, look or guard is imported here: if this page and the house disagree, one of them is wrong.
It reads the rows as they are, as the owner of the database, and answers for one viewer at one moment.
"""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils import timezone

from tests.leaks import oracle_emergencies, oracle_plans, oracle_walks
from tests.leaks.words import Cell, label

Row = dict[str, Any]


class Rows:
    """Every row of the house (or of some tables alone), as it is."""

    def __init__(self, only: Collection[str] = ()) -> None:
        self.tables: dict[str, dict[Any, Row]] = {}
        with connection.cursor() as cursor:
            for model in apps.get_models():
                if only and label(model) not in only:
                    continue
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                names = [column.name for column in cursor.description]
                rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
                self.tables[label(model)] = {row[model._meta.pk.column]: row for row in rows}

    def __getitem__(self, model: str) -> dict[Any, Row]:
        return self.tables[model]


class Viewer:
    """One who looks: who they are, who opened what to them, what they do here today."""

    def __init__(self, rows: Rows, person: UUID | None, now: dt.datetime | None = None) -> None:
        self.rows, self.now = rows, now or timezone.now()
        people = rows["people.Person"]
        # Two records found to be one person: whoever signs in with either is that person (ADR 5).
        self.me = (people[person]["same_as_id"] or person) if person else None
        self.selves = (
            {key for key, row in people.items() if self.me in (key, row["same_as_id"])} if person else set()
        )
        mine = [basis for basis in rows["consent.Basis"].values() if self._holds(basis)]
        self.open_to_me = {basis["person_id"] for basis in mine}
        self.walks_with = {basis["person_id"] for basis in mine if basis["whole"]}
        self.named = {key for basis in mine for key in basis["parts"]}
        self.roles = {
            held["role"]
            for held in rows["people.RoleHeld"].values()
            if held["person_id"] == self.me and self._today(held)
        }

    # A Basis: this actor, this person, from when, until when (ADR 2). One that is not the person's own
    # say-so opens nothing to somebody close to them: only an invitation does (I18). Closeness is of people, so
    # two records found to be one person count as one.
    def _holds(self, basis: Row) -> bool:
        if self.me is None or basis["actor_id"] != self.me:
            return False
        ended = basis["to_at"] is not None and basis["to_at"] <= self.now
        if ended or basis["from_at"] > self.now:
            return False
        return basis["kind"] == "say_so" or not self._close(basis["person_id"])

    def _close(self, person: UUID) -> bool:
        pair = {self._one(person), self._one(self.me)}
        return any(
            {self._one(close["person_id"]), self._one(close["other_id"])} == pair and close["over_at"] is None
            for close in self.rows["consent.Closeness"].values()
        )

    def _one(self, record: UUID | None) -> UUID | None:
        row = self.rows["people.Person"].get(record)
        return row["same_as_id"] or record if row else record

    def _today(self, held: Row) -> bool:
        today = timezone.localdate(self.now)
        return held["from_day"] <= today and (held["to_day"] is None or held["to_day"] >= today)

    def is_me(self, person: UUID | None) -> bool:
        """This is about the viewer themself."""
        return person in self.selves

    def is_steward(self) -> bool:
        """Looks after the place's people and roles: their names, and no word of theirs."""
        return "place_steward" in self.roles

    def looks_after_messages(self) -> bool:
        """Sees that something is stuck or waits, and no word of it."""
        return bool(self.roles & {"place_steward", "team_lead", "duty_human"})

    def may(self, cell: Cell) -> bool:
        """May this viewer see the word that stands in this cell?"""
        rule = RULES.get(f"{cell.model}.{cell.field}") or RULES[cell.model]
        return rule(self, self.rows[cell.model][cell.pk])


# A name is known to its owner, to whom they opened something, to one they once gave a say-so is named on their
# page, to stewards; who serves the place is public to those signed in, and at the door to the world.
def name_of_a_person(viewer: Viewer, person: Row) -> bool:
    key = person["id"]
    held = [held for held in viewer.rows["people.RoleHeld"].values() if held["person_id"] == key]
    at_the_door = {"duty_human", "place_steward", "team_lead"}
    if any(one["role"] in at_the_door and viewer._today(one) for one in held):
        return True
    # Whoever has room to walk with somebody is named to whoever says hello.
    if any(room["person_id"] == key and room["room_for"] for room in viewer.rows["people.Room"].values()):
        return True
    if viewer.me is None:
        return False
    said_to = {
        row["given_to_id"] for row in viewer.rows["consent.SaySo"].values() if viewer.is_me(row["person_id"])
    }
    known = (
        key in viewer.open_to_me | said_to or turned_to(viewer, key) or oracle_plans.on_a_plan(viewer, key)
    )
    known = known or oracle_walks.walks_or_offered(viewer, key) or oracle_emergencies.opened(viewer, key)
    return bool(held) or viewer.is_me(key) or known or viewer.is_steward()


# Whoever somebody turned to knows who it is: asked a why, said hello to, wrote to, or is to bring words to.
def turned_to(viewer: Viewer, person: UUID) -> bool:
    return any(
        viewer.me in (row[to] for to in towards) and person == row[whose]
        for model, whose, towards in (
            ("messages.WhyAsked", "person_id", ("looker_id", "also_told_id")),
            ("messages.Hello", "person_id", ("named_id", "entered_by_id")),
            ("messages.Message", "sender_id", ("to_person_id",)),
            ("messages.Message", "to_person_id", ("sender_id",)),
        )
        for row in viewer.rows[model].values()
        if row.get("about_type") != "sign_in"
    )


# What people say of themselves, other names, and how to reach them: theirs, and for whoever walks with them.
def of_themselves(viewer: Viewer, row: Row) -> bool:
    return viewer.is_me(row["person_id"]) or row["person_id"] in viewer.walks_with


# The unit is the part (ADR 5). For the one it is about and the one who said it; for whoever walks with them,
# unless it is only for the two; for whom it was opened to by name. "Only us" wins over everything, and what
# was put away is there for the two alone.
def words_on_a_page(viewer: Viewer, row: Row) -> bool:
    if viewer.is_me(row["person_id"]) or (viewer.me and row.get("speaker_id") == viewer.me):
        return True
    if row["audience"] == "only_us" or row.get("put_away_at"):
        return False
    return row["id"] in viewer.named or (
        row["audience"] == "walkers" and row["person_id"] in viewer.walks_with
    )


def words_of_its_part(viewer: Viewer, row: Row) -> bool:
    return words_on_a_page(viewer, viewer.rows["story.StoryPart"][row["part_id"]])


def file_of_its_part(viewer: Viewer, row: Row) -> bool:
    return words_of_its_part(viewer, viewer.rows["story.PartVersion"][row["version_id"]])


def words_of_its_tie(viewer: Viewer, row: Row) -> bool:
    return words_on_a_page(viewer, viewer.rows["story.Tie"][row["tie_id"]])


def how_they_are_reached(viewer: Viewer, row: Row) -> bool:
    return of_themselves(viewer, row) or oracle_emergencies.open_now(viewer, row["person_id"])


# A say-so is between the person and the one it was given to (or refused); whoever walks with them helps with it.
def said_about_reading(viewer: Viewer, row: Row) -> bool:
    to_me = viewer.me is not None and row["given_to_id"] == viewer.me
    return to_me or viewer.is_me(row["person_id"]) or row["person_id"] in viewer.walks_with


def step_of_it(viewer: Viewer, row: Row) -> bool:
    return said_about_reading(viewer, viewer.rows["consent.SaySo"][row["say_so_id"]])


# Why a page is open: the person reads it, whoever walks with them, and the one who holds it.
def why_it_is_open(viewer: Viewer, row: Row) -> bool:
    held_by_me = viewer.me is not None and row["actor_id"] == viewer.me
    held_by_me = held_by_me or oracle_emergencies.of_one_to_look_at(viewer, row)
    return held_by_me or viewer.is_me(row["person_id"]) or row["person_id"] in viewer.walks_with


def that_two_are_close(viewer: Viewer, row: Row) -> bool:
    return viewer.is_me(row["person_id"]) or (viewer.me is not None and row["other_id"] == viewer.me)


# Who looked is the person's to read, and the looker knows their own (ADR 4).
# A steward who asked about the looker, with a reason, is told it for a day (ADR 13).
def why_somebody_looked(viewer: Viewer, row: Row) -> bool:
    basis = viewer.rows["consent.Basis"].get(row["basis_id"])
    if basis is not None and oracle_emergencies.of_one_to_look_at(viewer, basis):
        return True
    own = viewer.is_me(row["person_id"]) or (viewer.me is not None and row["by_id"] == viewer.me)
    return own or any(
        viewer.is_steward()
        and asked["from_at"] <= row["at"] < asked["to_at"]
        and its["by_id"] == viewer.me
        and its["person_id"] == row["by_id"]
        and its["at"] > viewer.now - dt.timedelta(days=1)
        for asked in viewer.rows["audit.Question"].values()
        for its in [viewer.rows["audit.Look"][asked["look_id"]]]
    )


# A why that was asked reaches the one who looked, and one other human.
def why_asked(viewer: Viewer, row: Row) -> bool:
    return viewer.is_me(row["person_id"]) or (
        viewer.me is not None and viewer.me in (row["looker_id"], row["also_told_id"])
    )


# A message is for the one it is to and the one who wrote it; a link to sign in for the first alone.
def words_of_a_message(viewer: Viewer, row: Row) -> bool:
    if viewer.me is None:
        return False
    return viewer.is_me(row["to_person_id"]) or (
        row["sender_id"] == viewer.me and row["about_type"] != "sign_in"
    )


def how_a_message_fares(viewer: Viewer, row: Row) -> bool:
    if viewer.me is not None and row["sender_id"] == viewer.me:
        return True
    message = viewer.rows["messages.Message"][row["message_id"]]
    return viewer.looks_after_messages() or words_of_a_message(viewer, message)


# A hello is between the one who said it, the one who wrote it down, and the human who was named; where nobody
# had room, the duty human.
def words_of_a_hello(viewer: Viewer, row: Row) -> bool:
    if viewer.me is None:
        return False
    if row["no_room"] and "duty_human" in viewer.roles:
        return True
    return viewer.is_me(row["person_id"]) or viewer.me in (row["named_id"], row["entered_by_id"])


def answer_to_a_hello(viewer: Viewer, row: Row) -> bool:
    return words_of_a_hello(viewer, viewer.rows["messages.Hello"][row["hello_id"]])


def what_the_place_did(viewer: Viewer, row: Row) -> bool:
    hello = viewer.rows["messages.HelloWait"][row["wait_id"]]["hello_id"]
    return viewer.looks_after_messages() or words_of_a_hello(viewer, viewer.rows["messages.Hello"][hello])


def for_stewards(viewer: Viewer, row: Row) -> bool:
    return viewer.is_steward()


# An account is its owner's; what a link is known by is its owner's and its maker's.
def own_account(viewer: Viewer, row: Row) -> bool:
    return _accounts_person(viewer, row["id"])


def own_link(viewer: Viewer, row: Row) -> bool:
    return _accounts_person(viewer, row["account_id"]) or (
        viewer.me is not None and row["made_by_id"] == viewer.me
    )


def of_own_account(viewer: Viewer, row: Row) -> bool:
    return _accounts_person(viewer, row["user_id"])


def _accounts_person(viewer: Viewer, account: UUID) -> bool:
    people = viewer.rows["people.Person"]
    return any(people[key]["account_id"] == account for key in viewer.selves)


Rule = Callable[[Viewer, Row], bool]
RULES: dict[str, Rule] = {
    **oracle_emergencies.RULES,
    **oracle_plans.RULES,
    **oracle_walks.RULES,
    "people.Person": name_of_a_person,
    "people.Particulars": of_themselves,
    "people.Alias": of_themselves,
    "people.Reach": how_they_are_reached,
    "people.SamePerson": for_stewards,
    "accounts.Account": own_account,
    "accounts.SignInLink": own_link,
    "account.EmailAddress": of_own_account,
    "usersessions.UserSession": of_own_account,
    "mfa.Authenticator": of_own_account,
    "story.PartVersion": words_of_its_part,
    "story.PartAnswer": words_of_its_part,
    "story.Upload": file_of_its_part,
    "story.Tie": words_on_a_page,
    "story.TieChange": words_of_its_tie,
    "story.Gap": words_on_a_page,
    "story.OnePage": of_themselves,
    "consent.SaySo": said_about_reading,
    "consent.SaySoStep": step_of_it,
    "consent.Basis": why_it_is_open,
    "consent.Closeness": that_two_are_close,
    "audit.Look": why_somebody_looked,
    "messages.WhyAsked": why_asked,
    "messages.Message": words_of_a_message,
    "messages.Delivery": how_a_message_fares,
    "messages.Hello": words_of_a_hello,
    "messages.HelloAnswer": answer_to_a_hello,
    "messages.FullHouse": what_the_place_did,
}

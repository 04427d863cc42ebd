"""Every write of signing in and of the place, tried as everybody: I11, R265; each lock alone; never words.

What the database itself refuses about links, the place and its neighbourhoods is tried as its owner, by name.
"""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.accounts import operations as doors
from alongside.accounts.models import Account, Neighbourhood, Place, SignInLink, Voice
from alongside.accounts.place import operations as place
from alongside.accounts.place.policies import check_can_draw, check_can_speak_about
from alongside.kernel.acting import entering, working_on
from alongside.kernel.policy import Denied
from alongside.people.models import Role
from tests import cast, deeds
from tests.database import as_owner
from tests.deeds import WORDS, World, deed

pytestmark = pytest.mark.django_db

PERSON, WALKER, READER, NEIGHBOUR = "the person", "a walker", "a reader of one part", "a neighbour"
STEWARD, STRANGER, PAST = "a steward", "a worker of nobody's", "a worker of last year"
PARTNER = "a learning partner"
EVERYBODY = [PERSON, WALKER, READER, NEIGHBOUR, STEWARD, STRANGER, PAST, PARTNER]
SQUARE = {"type": "Polygon", "coordinates": [[[-1.6, 54.9], [-1.5, 54.9], [-1.5, 55.0], [-1.6, 54.9]]]}
NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
SALTGATE = {"id": "saltgate", "name": "Saltgate", "lat": 54.9, "lon": -1.6}
TOLD = {"id": "tynebank", "name": "Tynebank", "neighbourhoods": [SALTGATE]}


@pytest.fixture
def world():
    who = {
        PERSON: cast.person("Tracey Hallam", called="Trace"),
        WALKER: cast.serving("Callum Reay"),
        READER: cast.person("Norah Tully"),
        NEIGHBOUR: cast.person("Sheila Bright"),
        STEWARD: cast.serving("Helen Rutter", Role.STEWARD),
        STRANGER: cast.serving("Gary Lisle"),
        PAST: cast.serving("Bev Ormerod"),
        PARTNER: cast.serving("Imran Sheikh", Role.LEARNING_PARTNER),
    }
    trace = who[PERSON]
    cast.say_so(trace, who[WALKER])
    cast.say_so(trace, who[READER], parts=[trace.pk])
    with as_owner():
        who[PAST].roles.update(to_day=timezone.localdate() - dt.timedelta(days=1))
    with working_on("demo"):
        tynebank = place.tell_of_place(by=None, told=TOLD)
    with as_owner():
        voice = Voice.objects.create(
            place=tynebank, words="The bus stops at six.", said_on=NOW, speaker_id=trace.pk
        )
        link = a_link(trace.account, made_by_id=who[WALKER].pk)
        link.save(force_insert=True)
    return World(who, trace=trace, account=trace.account, place=tynebank, voice=voice, link=link)


def a_link(account, **other):
    sound = {"account": account, "way": "email", "digest": "d", "made_at": timezone.now(),
             "until": timezone.now() + dt.timedelta(days=1)}  # fmt: skip
    return SignInLink(**{**sound, **other})


def as_account(do):
    """What is about one's own account is done as it is in a request: let in through one's account."""

    def done(by, w):
        with entering(str(by.account_id)):
            return do(by, w)

    return done


SERVING = {WALKER, STEWARD, STRANGER}
EASY_LINE = place.EasyLine(words=WORDS, picture=None, described="")
DEEDS = [
    deed(
        "sign_in.open_account",
        lambda by, w: doors.open_account(by=by, username=WORDS, email="van@tynebank.example"),
        SERVING,
        "username email",
    ),
    deed(
        "sign_in.make_link",
        as_account(lambda by, w: doors.make_link(by=by, account=w.account, way="printed")),
        {PERSON, WALKER},
        "way",
    ),
    deed(
        "sign_in.take_back_link",
        as_account(lambda by, w: doors.take_back_link(by=by, link=w.link)),
        {PERSON, WALKER},
        "taken_back_at",
    ),
    deed(
        "sign_in.choose_password",
        as_account(lambda by, w: doors.choose_password(by=by, account=w.account, password=WORDS)),
        {PERSON},
        "password",
    ),
    deed(
        "sign_in.end_sessions",
        as_account(lambda by, w: doors.end_sessions(by=by, account=w.account, sessions=[])),
        {PERSON},
        "sessions",
    ),
    deed(
        "sign_in.change_second_factor",
        as_account(lambda by, w: doors.note_second_factor(by=by, account=w.account, what="totp")),
        {PERSON},
        "what",
    ),
    deed(
        "place.change_words",
        lambda by, w: place.change_words(by=by, place=w.place, words={"mission": WORDS, "note": WORDS}),
        {STEWARD},
        "mission note",
    ),
    deed(
        "place.change_principles",
        lambda by, w: place.change_principles(by=by, principles=[WORDS], why=WORDS),
        {STEWARD, PARTNER},
        "after why said_by",
    ),
    deed(
        "place.write_easy_read",
        lambda by, w: place.write_easy_read(by=by, page="my_page", language="en", lines=[EASY_LINE]),
        {STEWARD},
        "page language words",
    ),
    deed(
        "place.draw_neighbourhood",
        lambda by, w: place.draw_neighbourhood(by=by, name=WORDS, boundary=SQUARE, note=WORDS),
        EVERYBODY,
        "name note boundary",
    ),
    deed(
        "place.say_about_place", lambda by, w: place.say_about_place(by=by, words=WORDS), EVERYBODY, "words"
    ),
    deed(
        "place.take_back_words",
        lambda by, w: place.take_back_words(by=by, voice=w.voice),
        {PERSON, STEWARD},
    ),
]
# These write nothing of anybody's but the audit's own line, which is about whoever writes it.
AUDIT_ALONE = {"sign_in.end_sessions", "sign_in.change_second_factor"}
# The account is opened in a named work of the house, which the policy alone decides about.
BY_POLICY_ALONE = AUDIT_ALONE | {"sign_in.open_account"}
IN_A_WORK = {"sign_in.use_link", "sign_in.let_link_go", "place.tell", "place.load"}


def test_no_operation_is_left_out():
    assert deeds.left_out(DEEDS, "alongside.accounts") <= IN_A_WORK


@deeds.named(DEEDS)
def test_whoever_may_not_is_refused_in_a_sentence(deed, world):
    deeds.refused(deed, EVERYBODY, world, "accounts")


@deeds.named([one for one in DEEDS if one.did not in BY_POLICY_ALONE])
def test_row_security_alone_refuses_them_too(deed, world):
    deeds.refused_by_the_database(deed, EVERYBODY, world, "accounts")


@deeds.each(DEEDS)
def test_whoever_may_does_it_and_no_word_of_it_is_in_the_audit(deed, who, world):
    deeds.recorded(deed, who, world)


@deeds.named(DEEDS)
def test_nothing_is_done_where_the_audit_cannot_be_written(deed, world):
    deeds.undone_without_audit(deed, next(who for who in EVERYBODY if who in deed.may), world, "accounts")


@pytest.mark.parametrize(
    ("role", "may"), [(Role.STEWARD, True), (Role.WORKER, False), (Role.TEAM_LEAD, False)]
)
def test_a_steward_makes_a_paper_for_those_who_serve_and_never_for_a_resident(world, role, may):
    priya, helper = cast.serving("Priya Nair"), cast.serving("Ruth Bell", role)
    with entering(str(helper.account_id)):
        if may:
            assert doors.make_link(by=helper, account=priya.account, way="printed").code
        else:
            with pytest.raises(Denied, match="walks with them"):
                doors.make_link(by=helper, account=priya.account, way="printed")
        with pytest.raises(Denied, match="walks with them"):
            doors.make_link(by=helper, account=world.account, way="printed")


@pytest.mark.parametrize("check", [check_can_draw, check_can_speak_about])
def test_nobody_in_particular_neither_draws_nor_speaks(check):
    with pytest.raises(Denied, match="Sign in first"):
        check(None)


def neighbourhood(w, **other):
    sound = {"place": w.place, "kind": "told", "slug": "x", "name": "X", "lat": 54.9, "lon": -1.6}
    return Neighbourhood(**{**sound, **other})


UNSOUND = {
    "sign_in_link_ends_after_it_was_made": [lambda w: a_link(w.account, digest="e", until=NOW, made_at=NOW)],
    "sign_in_link_is_not_both_used_and_taken_back": [
        lambda w: a_link(w.account, digest="e", used_at=NOW, taken_back_at=NOW)
    ],
    "sign_in_link_code_is_on_paper": [
        lambda w: a_link(w.account, digest="e", code_digest="c"),
        lambda w: a_link(w.account, digest="e", code_digest="c", way="text"),
    ],
    "accounts_signinlink_way_is_one_of_its_choices": [lambda w: a_link(w.account, digest="e", way="pigeon")],
    "accounts_neighbourhood_kind_is_one_of_its_choices": [lambda w: neighbourhood(w, kind="guessed")],
    "accounts_signinlink_digest": [lambda w: a_link(w.account)],
    "place_is_the_only_one": [lambda w: Place(the_place=False, slug="y", name="Y")],
    "accounts_place_the_place": [lambda w: Place(slug="y", name="Y")],
    "place_has_a_name": [lambda w: Place(slug="y", name="")],
    "place_speaks_its_default_language": [lambda w: Place(slug="y", name="Y", languages=["pl"])],
    "neighbourhood_has_a_name": [lambda w: neighbourhood(w, name="")],
    "neighbourhood_official_has_code_and_boundary": [
        lambda w: neighbourhood(w, kind="official", code="E01000001"),
        lambda w: neighbourhood(w, kind="official", boundary=SQUARE),
    ],
    "neighbourhood_drawn_has_boundary_and_no_code": [
        lambda w: neighbourhood(w, kind="drawn"),
        lambda w: neighbourhood(w, kind="drawn", boundary=SQUARE, code="E01000001"),
    ],
    "neighbourhood_rank_is_one_of_england": [
        lambda w: neighbourhood(w, imd_rank=0),
        lambda w: neighbourhood(w, imd_rank=33_756),
    ],
    "neighbourhood_tenth_is_one_of_ten": [
        lambda w: neighbourhood(w, imd_decile=0),
        lambda w: neighbourhood(w, imd_decile=11),
    ],
    "voice_has_words": [lambda w: Voice(place=w.place, words="", said_on=NOW)],
    "accounts_account_username": [lambda w: Account(username=w.account.username)],
}


@pytest.mark.parametrize(("name", "make"), [(name, one) for name, made in UNSOUND.items() for one in made])
def test_the_database_refuses_it_by_name(world, name, make):
    row = make(world)
    with as_owner(), pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


def test_every_constraint_is_tried_and_sound_rows_are_kept(world):
    models = (Account, SignInLink, Place, Neighbourhood, Voice)
    assert {one.name for model in models for one in model._meta.constraints} <= UNSOUND.keys()
    sound = [
        neighbourhood(world, slug="a", imd_rank=1, imd_decile=10),
        neighbourhood(world, slug="b", imd_rank=33_755, imd_decile=1),
        neighbourhood(world, slug="c", kind="drawn", boundary=SQUARE),
        neighbourhood(world, slug="d", kind="official", boundary=SQUARE, code="E01000002"),
        a_link(world.account, digest="e", way="printed", code_digest="c"),
    ]
    with as_owner():
        for row in sound:
            row.save(force_insert=True)


def test_words_that_a_place_does_not_have_are_told_and_nothing_changes(world):
    helen = world.who[STEWARD]
    with pytest.raises(ValueError, match="a place has no slogan"):
        place.change_words(by=helen, place=world.place, words={"slogan": "x", "mission": "y"})
    with as_owner():
        world.place.refresh_from_db()
    assert world.place.mission == ""

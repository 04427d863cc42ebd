"""What the six stories leave unsaid and the demo needs: named humans in organisations, and a few lines of words.

A say-so is given to a named human, so every organisation a story gives one to has somebody here. All invented.
"""

from typing import NamedTuple

from alongside.people.models import Channel, Role


class Someone(NamedTuple):
    """A person who serves somewhere: name, role, organisation, what they are called there."""

    name: str
    role: str
    organisation: str
    title: str


ORGANISATIONS = [
    {"id": "probation", "name": "Tyne Probation", "kind": "public"},
    {"id": "hospital", "name": "Tyneside Hospital", "kind": "public"},
    {"id": "police", "name": "River Police Division", "kind": "public"},
]

# The key is what the stories write in `given_to`, `looked_at.who` or elsewhere.
SERVING = {
    "lantern": Someone("Moira Dent", Role.SPECIALIST, "lantern", "money adviser"),
    "revenues (council)": Someone("Sunita Rao", Role.SPECIALIST, "council", "head of revenues"),
    "probation": Someone("Gavin Stokes", Role.SPECIALIST, "probation", "probation officer"),
    "riverhealth": Someone("Ann Bewick", Role.SPECIALIST, "riverhealth", "practice nurse"),
    "homes": Someone("Steve Marley", Role.SPECIALIST, "homes", "head of repairs"),
    "brass": Someone("Nige Forster", Role.SPECIALIST, "brass", "bandmaster"),
    "Mr Dunn (head of year)": Someone("Peter Dunn", Role.SPECIALIST, "fairmile", "head of year"),
    "crisis team": Someone("Amira Saleh", Role.SPECIALIST, "hospital", "crisis team"),
    "conference chair": Someone("Joan Pickering", Role.SPECIALIST, "council", "conference chair"),
    "police officer (named)": Someone("Dan Hume", Role.SPECIALIST, "police", "police constable"),
    "a worker in another team": Someone("Kev Lowther", Role.SPECIALIST, "council", "worker in another team"),
    "hospital children's nurse": Someone("Grace Adeyemi", Role.SPECIALIST, "hospital", "children's nurse"),
    # Lives two doors from Trace, and works for the council: the tests' and the demo's neighbour.
    "neighbour": Someone("Gary Lisle", Role.WORKER, "council", "relational worker, new this month"),
}

# He said so on his first day: since then nothing of hers opens to him, and he finds nothing (I18, F22).
NEIGHBOURS_OF, NEIGHBOURS_WORDS = "dog", "I live two doors down"

ROLES = {
    "relational worker": Role.WORKER,
    "community connector": Role.CONNECTOR,
    "social worker (children)": Role.SOCIAL_WORKER,
    "independent family group conference coordinator": Role.COORDINATOR,
    "learning partner": Role.LEARNING_PARTNER,
    "team lead": Role.TEAM_LEAD,
    "place steward": Role.STEWARD,
    "elected member": Role.MEMBER,
    "Centre": Role.CENTRE,
    "peer support specialist": Role.PEER,
}
# At the front door on weekdays, when everybody who walks with people is full.
DUTY_HUMAN = "tl1"

# How the stories' people are reached, in the ways the software knows (their own words stand beside).
REACH: dict[str, dict[str, object]] = {
    "p_micky": {"how": Channel.CALL, "never": [Channel.LETTER], "from_hour": "16:00", "to_hour": "20:00"},
    "p_trace": {"how": Channel.IN_PERSON, "never": [Channel.CALL, Channel.TEXT]},
    "p_kayleigh": {"how": Channel.TEXT, "never": [Channel.CALL, Channel.IN_PERSON]},
    "p_filmon": {"how": Channel.VOICE_NOTE, "never": [Channel.LETTER]},
    "p_george": {"how": Channel.CALL, "never": [Channel.TEXT, Channel.EMAIL]},
    "p_yusra": {"how": Channel.OWN_PAGE, "never": [Channel.CALL, Channel.LETTER]},
    "p_ifrah": {"how": Channel.VOICE_NOTE, "never": [Channel.LETTER]},
}


# Whom somebody would trust with it, as their words let us guess; groups and animals by name.
TRUSTED = {
    "Lacey",
    "Ava",
    "Big Col",
    "Bruno",
    "Sheila at the Kettle",
    "Ellis",
    "Filmon",
    "Carol",
    "Miss Lowe",
}
# Who in a circle has joined, as the one whose circle it is says there: then they can be let read by name.
MEMBERS = {("robin", "Filmon"): "p_filmon", ("robin", "Auntie Jean"): "p_jean"}
GROUPS = {
    "the Tuesday kitchen lot",
    "Saltgate Sisters",
    "the learners",
    "Young carers who draw",
    "Hooyo's phone aunties",
}
ANIMALS = {"Bruno"}


class Line(NamedTuple):
    """A few more words on a page, so that a say-so of "one line" has that line to open."""

    day: int
    person: str
    kind: str
    words: str
    key: str


LINES = {
    "van": [
        Line(5, "p_micky", "going_on", "I owe council tax, 611 pounds, and I don't know what else.", "money"),
        Line(6, "p_micky", "going_on", "Someone is helping me. Please hold it until day sixty.", "one line"),
    ],
    "dog": [
        Line(20, "p_trace", "going_on", "Under the arches by ten. The Kettle after that.", "where I sleep"),
        Line(33, "p_trace", "going_on", "My feet, my chest, and the drink. Ask me, not the file.", "health"),
    ],
    "yusra": [
        Line(8, "p_yusra", "going_on", "I look after my mam in the mornings.", "one sentence"),
    ],
}

# Which words a say-so of named parts opens: a key of LINES, or the kind of a part said by then.
OPENS = {
    ("van", "lantern"): ["money"],
    ("van", "revenues (council)"): ["one line"],
    ("dog", "probation"): ["where I sleep"],
    ("dog", "riverhealth"): ["health", "what_matters"],
    ("robin", "fgc1"): ["child_voice", "ties"],
    ("damp", "homes"): ["what_matters", "going_on"],
    ("damp", "brass"): ["good_at"],
    ("yusra", "Mr Dunn (head of year)"): ["one sentence"],
}

# Cover for a while, by the person's own say-so, where a story has somebody look who was covering.
COVERS: dict[str, list[tuple[str, int, int | None, str]]] = {
    "van": [("tl1", 128, 140, "covering Bev's leave")],
    "damp": [("w4", 4, None, "cover for Bev")],
}

# The reasons in law that the stories name: code -> (lawful basis, statute, plain words).
LAW = {
    "asking-how-they-are": (
        "public_task", "Care Act 2014 s.2",
        "The council must try to stop things getting worse. That is why somebody may ring once and ask how you are.",
    ),
    "s47": (
        "legal_obligation", "Children Act 1989 s.47",
        "If a child might be seriously harmed, the council must find out what is going on.",
    ),
    "s136": (
        "legal_obligation", "Mental Health Act 1983 s.136",
        "A police officer who believes somebody is in danger in public may take them to a safe place to be seen.",
    ),
    "s11": (
        "legal_obligation", "Children Act 2004 s.11",
        "Hospitals, schools and police must help to keep children safe.",
    ),
}  # fmt: skip
# Which law a story's look by duty rests on.
DUTIES = {
    ("dog", "crisis team"): "s136",
    ("robin", "sw1"): "s47",
    ("robin", "conference chair"): "s47",
    ("robin", "police officer (named)"): "s47",
    ("robin", "a worker in another team"): "s47",
    ("yusra", "hospital children's nurse"): "s11",
}

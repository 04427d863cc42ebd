"""Additions to the six stories: words for walks, duties and the days around today that the stories leave unsaid.

All of it is invented, as the stories are. It stands apart so that nobody takes it for what a story says.
"""

from typing import NamedTuple

# ------------------------------------------------------------------ walks


class Begun(NamedTuple):
    """How a walk was offered and begun: days of the story, the words of both, and who wrote the yes down."""

    offered: int
    offer: str
    began: int
    yes: str
    written_down: bool = False


BEGUN = {
    "van": Begun(
        2, "Nobody's in trouble. If you like I'll come round, and keep coming.", 3, "Come round then."
    ),
    "dog": Begun(1, "You and Bruno, for as long as you like.", 4, "You can come. I'm not promising.", True),
    "robin": Begun(
        6, "As well as Megan, not instead. For as long as you want me.", 6, "You can walk with me."
    ),
    "damp": Begun(4, "Tuesdays till the wall's done, and after it if you like.", 4, "Till it's done.", True),
    "yusra": Begun(2, "I would like to keep coming, if you both want.", 5, "To the house. Not to school."),
}
# One more of their own was walked with too: story -> (day, who, their words).
JOINED = {"yusra": (9, "p_ifrah", "Both of us, then.")}
# How often they meet: story -> (day, days between where the words say so, words).
USUAL: dict[str, list[tuple[int, int | None, str]]] = {
    "van": [(61, 14, "Fortnightly."), (150, 30, "Fortnightly is too often now. Monthly.")],
    "dog": [(250, 7, "Every week."), (345, 14, "Every other week, and if Bruno's bad.")],
    "robin": [(205, None, "When we ask. And birthdays.")],
    "yusra": [(190, 30, "Once a month. Lunch time.")],
}
# Who in the circle carries on while a walk rests.
CARRY_ON = {"van": ["Big Col", "Stuart"], "damp": ["Nige", "the learners", "Ashraf"]}
# Days of the meetings of three, and what was said; the last one is what the story says of them.
PROPOSED = (
    224,
    "My own bairn comes in the spring. Somebody has to be there for you and Bruno while I'm off.",
)
MEETINGS = [
    (228, "At the arches, where it began. Bruno knows Jodie already."),
    (233, "In Trace's own kitchen. What Jodie need not be told twice, and what she must never ask."),
    (238, "The three of us and the van to the vet. Trace did the talking."),
]
CHOSEN = "Jodie. She's been where I've been."
CHALLENGES = {"dog": (150, "You can ask me how many, before noon. Once. Not in front of folk.")}
# Whose moment it is, where a story does not say: (story, day) -> who.
WHOSE_MOMENT = {("robin", 0): "sw1"}

# ------------------------------------------------------------------ duties


class Said(NamedTuple):
    """What must be told of a duty and the story leaves unsaid.

    `told_by` tells the person; until then `not_told_why`. `ended` is the day it was done with.
    """

    would_stop: str
    ended: int
    ended_words: str
    not_told_why: str = ""
    told_by: str = "st1"
    who: str = ""
    written_by: str = "st1"
    begun: int | None = None


DUTIES_TOLD = {
    ("dog", 131): Said(
        would_stop="A doctor and a nurse see her. When they say she is safe to go, she goes; a day is the most.",
        ended=132, ended_words="Seen at nine in the morning. She went home with Callum and Bruno.",
        not_told_why="It is the middle of the night, and she is too frightened to hear it read out.",
        told_by="w2",
    ),
    ("robin", 0): Said(
        would_stop="We have looked and talked with Kayleigh and Filmon, and know how the baby will be safe.",
        ended=24, ended_words="We have looked. What comes next was agreed at a conference that Kayleigh sat in.",
        not_told_why="Megan tells her face to face, before anybody else reads it.",
        told_by="sw1", written_by="sw1",
    ),
    ("robin", 24): Said(
        would_stop="The bedroom is dry, Robin is seen by the health visitor, and the family's own plan has held.",
        ended=171, ended_words="Everything on the list has happened.", told_by="sw1", written_by="sw1",
    ),
    ("pavilion", 201): Said(
        would_stop="The sewer is mended and the road made good. Four weeks at the most.",
        ended=229, ended_words="The road is open again.", who="Lynn Faraday, for the water company", begun=201,
    ),
}  # fmt: skip
# Words that a story gives with a duty and that were said when it ended, not when it was told.
SAID_AT_THE_END = {("robin", 24)}
# Who stands for an organisation that owns something in a lane; what is not here stays in words.
STANDS_FOR = {"police": "police officer (named)"}
IN_WORDS = {"village": "The village", "hospital ward": "The hospital ward"}

# What they said yes to ran its course: the day, and their words.
RAN_ITS_COURSE = {("dog", 196): (206, "Ten days, and I stayed for all of them.")}


class Mending(NamedTuple):
    """Repair offered after a duty was used, and the answer: days of the story and the words of both."""

    offered: int
    by: str
    words: str
    answered: int
    answer: str
    answer_words: str


REPAIRS = {
    ("dog", 131): Mending(
        134, "w2", "That night was done to you, whoever meant well. Would you like to talk it over, with me there?",
        137, "yes", "Not at the hospital. On the bench, with Bruno.",
    ),
}  # fmt: skip

# ------------------------------------------------------------------ together

VILLAGE, VILLAGES_WORDS = "Chopgarth", "A light on after six."
FAMILY = "Robin's lot"

# ------------------------------------------------------------------ promises


class Vow(NamedTuple):
    """A promise. `day` counts from the story's start, or from today where `near`; `said` likewise.

    `owner` is somebody of the cast, an organisation (`office`) with the human who answers, or words. `became` is
    what was said of it: (day, state, words), oldest first.
    """

    words: str
    owner: str
    day: int
    said: int
    person: str = ""
    near: bool = False
    coming: bool = False
    hour: str = ""
    where: str = ""
    office: str = ""
    became: tuple[tuple[int, str, str], ...] = ()


VOWS = {
    "van": [
        Vow("Sit down with you over what you owe, at your own table.", "lantern", 8, 6, coming=True,
            office="lantern", became=((8, "kept", "Asked first what he wants to pay first."),)),
        Vow("Picks you up with the uppers ladder.", "Big Col", 1, -2, near=True, coming=True, hour="08:15",
            where="your door"),
        Vow("Ask at the school when Lacey's concert is.", "p_micky", 3, -4, near=True),
    ],
    "dog": [
        Vow("Ring the vet about Bruno's tablets.", "ps1", 0, -3, near=True),
        Vow("A flask, and round the reservoir with Bruno.", "ps1", 2, -5, near=True, coming=True, hour="10:00",
            where="your door"),
        Vow("Mend the latch on the yard gate.", "homes", -2, -12, near=True, office="homes",
            became=((-1, "late", "The wrong latch came. The right one is ordered, and I rang her to say so."),)),
        Vow("Wilf's beans.", "p_trace", 4, -3, near=True),
    ],
    "robin": [
        Vow("The damp in the bedroom dealt with, before the baby.", "homes", 75, 61, office="homes",
            became=((76, "late", "The wall has to dry out first. We should have said so on the day we promised."),
                    (83, "kept", "Done. Eight days late."))),
        Vow("The words about the plan ending, in writing.", "sw1", 174, 171,
            became=((173, "kept", "On paper, in an envelope, into Kayleigh's hand."),)),
        Vow("Comes for Ellis's birthday tea.", "w5", 3, -10, near=True, coming=True, hour="16:00",
            where="Auntie Jean's"),
        Vow("Send the photo of Robin and the cake.", "p_kayleigh", 5, -1, near=True),
    ],
    "damp": [
        Vow("Three trades in the room at once, on a Tuesday.", "w3", 33, 7,
            became=((33, "kept", "All three. They argued, and then they fixed it."),)),
        Vow("The band's concert. That was an order.", "w3", 4, -8, near=True, coming=True, hour="19:00",
            where="the band room"),
        Vow("Ring him, and let it ring long.", "w3", 0, -1, near=True),
        Vow("Brings the valve oil round.", "Nige", 1, -2, near=True, coming=True, hour="11:30"),
    ],
    "yusra": [
        Vow("Try Coach Dee's boxing, once.", "p_yusra", 95, 92, became=((96, "let_go", "nah"),)),
        Vow("Ask the town hall for the drawing with the bus back.", "w5", 0, -6, near=True),
        Vow("Lunch, on the wall outside the library.", "w5", 2, -7, near=True, coming=True, hour="12:20",
            where="the library wall"),
        Vow("Phones about the new chair, in Somali.", "w5", 4, -2, person="p_ifrah", near=True, coming=True,
            hour="11:00", where="at home"),
    ],
}  # fmt: skip
# What a family has promised each other, near today.
FAMILY_VOW = Vow("Wednesday: Robin at mine till the college bus.", "p_selam", 3, -4, near=True, hour="08:30")

# ------------------------------------------------------------------ what is one's own

# Who lets whoever walks with them see their arc; everybody else's is their own.
SHOW_THEIR_ARC = ("van", "dog")
# A map of her life, which nobody asked for: day, and place by place.
LIFE_MAP = ("dog", 330, [
    ("Under the arches", "Cold. I still nod at them."),
    ("The Kettle", "Tuesdays it's my kitchen."),
    ("My door", "I shut it just to open it."),
    ("The sea", "He went in up to his belly."),
    ("Jamie's", "Not yet. Halfway, for a coffee."),
])  # fmt: skip

# ------------------------------------------------------------------ workers' days

FULL = ("w2", 9, "Eight people. I would be no good to a ninth.")
# Who is away: who, from which day, to which, counted from today, and how long ago they said so.
AWAY = [("w5", 7, 11, 6), ("w1", 0, 1, 3)]
# Callum's leave for his own baby, in the story's days after the handover.
LEAVE = ("dog", "w2", 241, 300)

"""The words to avoid appear nowhere on screen, in an address or in a schema; residents' pages read easily."""

import re

import pytest
from django.template import engines

from tests import crawl
from tests.house import residents, sources, wording

# What not to say (the practice's vocabulary), as patterns; where a word has an innocent use, only the other.
AVOID = {
    "service user": r"service[ -]users?",
    "client": r"clients?",
    "customer": r"customers?",
    "case": r"(?<!in )(?<!any )(?<!lower )(?<!upper )cases?(?! of rain)",
    "caseload": r"case-?loads?",
    "casework": r"case-?work(?:er)?s?",
    "referral": r"referrals?|refer(?:red|ring)?|re-?refer\w*|onward refer\w*",
    "signpost": r"signpost\w*",
    "assessment": r"assess(?:ment|ments|ed|ing|or)?",
    "triage": r"triag\w+",
    "screening": r"screening",
    "eligibility": r"(?:in)?eligib\w+",
    "threshold": r"thresholds?",
    "criteria": r"criteri(?:a|on)",
    "hard to reach": r"hard[ -]to[ -]reach",
    "non-compliant": r"non-?complian\w+",
    "did not engage": r"(?:did|does|do) ?n[o'’]t engage|disengag\w+",
    "refused": r"refused",
    "vulnerable": r"vulnerab\w+",
    "complex": r"complex(?:ity)?",
    "chaotic": r"chaotic",
    "troubled": r"troubled",
    "needs": r"(?:your|their|his|her|our|my|support|care|complex|special|unmet|high|low|with|multiple) needs"
    r"|(?<! it )needs(?= assess| of\b| are\b| and\b|[.,;])",
    "intervention": r"interventions?",
    "package": r"(?:care |support )?packages?",
    "pathway": r"pathways?",
    "journey": r"journeys?",
    "discharge": r"discharg\w+",
    "step down": r"step(?:ped|ping)?[ -]down",
    "demand": r"demands?",
    "beneficiary": r"beneficiar\w+",
    "recipient": r"recipients?",
    "provider": r"providers?",
    "KPI": r"kpis?",
    "target": r"target(?:s|ed|ing)?",
    "performance": r"performance",
    "dashboard": r"dashboards?",
    "report": r"report(?:s|ed|ing)?",
    "return": r"(?:a|the|statutory|monthly|quarterly|annual|your) returns?|returns",
    "submission": r"submissions?|submit(?:s|ted|ting)?",
    "bid": r"bids?|bidding",
    "applicant": r"applicants?|application form",
    "tender": r"tender(?:s|ed|ing)",
    "stakeholder": r"stakeholders?",
    "consultation": r"consultations?",
    "next of kin": r"next[ -]of[ -]kin",
    "informal carer": r"informal carers?",
    "risk rating": r"risk[ -](?:rating|score|level)s?",
    "outcome framework": r"outcomes? frameworks?",
}
PATTERN = re.compile(
    "|".join(rf"(?P<w{number}>\b(?:{regex})\b)" for number, regex in enumerate(AVOID.values())), re.I
)
NAMES = list(AVOID)

# Where such a word is right: the file (or what is named), the word, and why. One without a use fails.
ALLOWED: dict[tuple[str, str], str] = {
    ("consent.SaySo.State", "refused"): "the practice's own name of the state; on screen it says 'said no'",
    ("consent.SaySoStep.Step", "refused"): "the practice's own name of the step; on screen it says 'said no'",
    ("walks.Moment", "client"): "client_id, the web's own word for the key a phone gives; never on screen",
    ("walks.Draft", "client"): "client_id, as above",
}


def avoided_in(text: str) -> list[str]:
    """Which of the words to avoid stand in a text, as named in the vocabulary."""
    return [NAMES[int((found.lastgroup or "w0")[1:])] for found in PATTERN.finditer(text)]


def spoken(name: str) -> str:
    """A name of code as words: `risk_rating` and `RiskRating` are "risk rating"."""
    return re.sub(r"[_\-/<>:.]+|(?<=[a-z])(?=[A-Z])", " ", name)


def said() -> dict[str, str]:
    """Everything this house says, by where it says it."""
    found = {sources.here(path): wording.words_in_template(path.read_text()) for path in sources.templates()}
    for path in sources.modules():
        if strings := wording.words_in_code(path):
            found[sources.here(path)] = " . ".join(strings)
    for path in sources.PACKAGE.glob("**/*.po"):
        words = re.sub(r"%\(\w+\)[sd]", " ", path.read_text())  # a value's own name is not on screen
        found[sources.here(path)] = " . ".join(re.findall(r'"((?:[^"\\]|\\.)*)"', words))
    return found | named()


def named() -> dict[str, str]:
    """Names of tables, fields, choices and addresses."""
    found: dict[str, str] = {}
    for model in sources.our_models():
        fields = [field for field in model._meta.local_fields if not field.auto_created]
        found[model._meta.label] = " . ".join(
            map(spoken, [model.__name__, *(field.name for field in fields)])
        )
        for field in fields:
            if field.choices:
                kind = "Step" if field.name == "step" else "State" if field.name == "state" else field.name
                found[f"{model._meta.label}.{kind}"] = " . ".join(
                    spoken(str(value)) for value, _label in field.choices
                )
    for page in crawl.pages():
        found[f"address {page.route}"] = (
            f"{spoken(page.name)} . {spoken(re.sub(r'<[^>]*>', ' ', page.route))}"
        )
    return found


def test_the_words_to_avoid_are_nowhere() -> None:
    found = {
        where: wrong
        for where, text in said().items()
        if (wrong := [word for word in avoided_in(text) if (where, word) not in ALLOWED])
    }
    assert found == {}


def test_no_exception_outlives_its_reason() -> None:
    everything = said()
    assert [key for key in ALLOWED if key[1] not in avoided_in(everything.get(key[0], ""))] == []


@pytest.mark.parametrize(
    "planted",
    [
        "A vulnerable service user",
        "Case closed",
        "your care package",
        "her needs and risks",
        "Submit your report",
    ],
)
def test_a_word_to_avoid_is_found(planted: str) -> None:
    assert avoided_in(planted)


@pytest.mark.parametrize(
    "innocent",
    [
        "just in case",
        "it needs a name",
        "that is all it needs.",
        "close this page",
        "come back",
        "shopping basket",
        "in any case",
    ],
)
def test_an_innocent_word_passes(innocent: str) -> None:
    assert avoided_in(innocent) == []


def test_words_are_found_wherever_a_template_says_them() -> None:
    source = (
        '{% load i18n %}<a title="Refer on" href="/case/">{% translate "Discharge" %}</a>{# client #}'
        '{% include "x.html" with label=_("Triage") %}<script>target()</script>'
    )
    assert avoided_in(wording.words_in_template(source)) == ["referral", "discharge", "triage"]


# Reading age.
OLDEST, ENOUGH_WORDS = 11.0, 40


def test_residents_pages_read_easily() -> None:
    ages = {
        sources.here(path): round(wording.reading_age(text), 1)
        for path in residents.with_parts(residents.templates())
        if len(wording.WORD.findall(text := wording.words_in_template(path.read_text()))) >= ENOUGH_WORDS
    }
    assert ages
    assert {path: age for path, age in ages.items() if age > OLDEST} == {}


def test_what_residents_are_asked_and_told_reads_easily() -> None:
    ages = {
        sources.here(path): round(wording.reading_age(text), 1)
        for path in sources.modules()
        if sources.here(path).startswith(residents.CODE)
        and len(wording.WORD.findall(text := " . ".join(wording.words_in_code(path)))) >= ENOUGH_WORDS
    }
    assert len(ages) > 20
    assert {path: age for path, age in ages.items() if age > OLDEST} == {}


@pytest.mark.parametrize(
    "template",
    [
        *(
            "walks/walk.html",
            "walks/one.html",
            "walks/moments.html",
            "walks/moment_new.html",
            "walks/arc.html",
        ),
        *("walks/life_map.html", "doings/plan.html", "doings/duty.html", "doings/duty_notice.html"),
        *("doings/my_calendar.html", "pages/person/my_page.html", "pages/offline/offline.html"),
    ],
)
def test_pages_of_walks_and_plans_are_among_what_residents_read(template: str) -> None:
    read = {sources.template_name(path) for path in residents.with_parts(residents.templates())}
    assert template in read


def test_officialese_is_found_and_plain_words_are_not() -> None:
    officialese = (
        "Following a multidisciplinary eligibility determination, individuals presenting with complex needs "
        "will be signposted to an appropriate commissioned provider in accordance with applicable statutory criteria."
    )
    plain = (
        "Priya walks with you. She comes on Monday. You can say no, and you can change your mind at any time."
    )
    assert wording.reading_age(officialese) > 18
    assert wording.reading_age(plain) < OLDEST


# Templates.
SUFFIX = r"\.(?:html|txt|svg|typ|xml|csv|json)"
ASKED_FOR = re.compile(rf"[\"']([\w/{{}}.-]+{SUFFIX})[\"']")
# Asked for by the framework and by the sign-in library, under names of their own.
NOT_BY_US = (
    "account/",
    "mfa/",
    "socialaccount/",
    "usersessions/",
    "400.html",
    "403",
    "404.html",
    "429.html",
    "500.html",
)


def asked_for() -> set[str]:
    """Every template's name that code or another template speaks of; `{…}` in it stands for anything."""
    files = [*sources.modules(), *sources.templates()]
    return {name for path in files for name in ASKED_FOR.findall(path.read_text())}


def unused(names: set[str], asked: set[str]) -> set[str]:
    """Templates nobody asks for. A part may be asked for without its folder."""
    patterns = [re.compile(r"(?:.*/)?" + re.sub(r"\\{.*?\\}", r"[^/]+", re.escape(name))) for name in asked]
    ours = {name for name in names if not name.startswith(NOT_BY_US)}
    return {name for name in ours if not any(pattern.fullmatch(name) for pattern in patterns)}


def test_no_template_is_unused() -> None:
    assert unused({sources.template_name(path) for path in sources.templates()}, asked_for()) == set()


def test_an_unused_template_is_found() -> None:
    names = {"story/planted.html", "story/said.html", "404.html", "parts/a.html"}
    assert unused(names, {"a.html", "story/{said}.html"}) == set()
    assert unused(names, {"a.html", "story/said.html"}) == {"story/planted.html"}


def test_every_template_can_be_read_by_the_engine() -> None:
    for path in sources.templates():
        engines["django"].get_template(sources.template_name(path))

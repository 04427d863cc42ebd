"""A young person's page is theirs: a part for two, a mother turned away, a school with one sentence (I19, F23)."""

import pytest

from tests.system.conftest import Visits

pytestmark = pytest.mark.browser
FOR_TWO = "I did not go to art. I sat in the toilets with my phone on the hospital number."
HERS = ["Mam not being on the floor", "I can do injections", "Her legs don't work", FOR_TWO]


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Whether Yusra has said it yet: once is enough for every test here."""
    return set()


@pytest.fixture
def yusra_has_said_it(visits: Visits, said: set[str]) -> str:
    """Yusra says it for those she names, and names Hodan. Gives the address of her page."""
    yusra = visits("Yusra Abdi")
    hers = yusra.finds_link("Who may read my page").removesuffix("say-so/")
    if not said:
        yusra.follows("Add to my story").writes(FOR_TWO, into="What matters to you?")
        yusra.unfolds("who it is for").chooses("Me, and those I let read it by name")
        yusra.presses("Keep these words").sees(FOR_TWO, "Only for you, until you let somebody read it")
        yusra.opens(f"{hers}say-so/").follows("Let someone read")
        yusra.writes("Hodan", into="Their name, or where they work").presses("Look").follows("Hodan Farah")
        yusra.chooses("Only what I tick below").chooses(FOR_TWO[:30])
        yusra.writes("so she knows", into="What is it for?").presses("That is my say-so")
        yusra.opens(f"{hers}story/").sees("Only for you and Hodan.")
        said.add(FOR_TWO)
    return hers


def test_yusra_says_something_only_for_herself_and_hodan(visits: Visits, yusra_has_said_it: str) -> None:
    visits("Hodan Farah").follows("People I walk with").follows("Yusra Abdi").sees(FOR_TWO)
    cover = visits("Priya Nair").follows("People I walk with").follows("Yusra Abdi")
    cover.sees("Mam not being on the floor").does_not_see(FOR_TWO)


def test_her_mothers_account_cannot_open_it(visits: Visits, yusra_has_said_it: str) -> None:
    ifrah = visits("Ifrah Abdi")
    for page in ("", "story/", "circle/", "say-so/", "who-looked/", "one-page/", "brief/"):
        assert ifrah.tries(yusra_has_said_it + page) in (403, 404), page
        ifrah.does_not_see(*HERS).sees("can help")
    ifrah.opens("/people/?q=Yusra").does_not_see("Yusra Abdi")


def test_mr_dunn_reads_exactly_one_sentence(visits: Visits, yusra_has_said_it: str) -> None:
    dunn = visits("Peter Dunn").follows("People I walk with").follows("Yusra Abdi")
    dunn.sees("I look after my mam in the mornings.", "stop the fine").does_not_see(*HERS)
    assert dunn.main.locator(".words").count() == 1
    for page in ("story/", "one-page/", "brief/"):
        dunn.tries(yusra_has_said_it + page)
        dunn.does_not_see(*HERS)

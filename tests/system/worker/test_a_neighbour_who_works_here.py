"""Gary lives two doors from Trace and works for the council: he finds nothing, and is turned away (I18, F22)."""

import pytest

from tests.system.conftest import Visits

pytestmark = pytest.mark.browser
HERS = ["Bruno", "Tern House", "Under the arches", "Hallam"]
PAGES = ["", "story/", "circle/", "say-so/", "who-looked/", "one-page/", "one-page.pdf", "brief/", "reach/",
         "story/say/", "circle/add/", "one-page/choose/", "say-so/give/"]  # fmt: skip


@pytest.mark.parametrize("part", ["Trace", "racey", "hallam", "Tracey Hallam"])
def test_a_neighbour_searches_by_part_of_a_name_and_finds_nobody(visits: Visits, part: str) -> None:
    gary = visits("Gary Lisle", width=1280).follows("People I walk with")
    gary.writes(part, into="Look for somebody").presses("Look").sees("Nobody here of that name")
    assert gary.main.get_by_role("link", name="Tracey").count() == 0
    gary.does_not_see(*HERS[:3])


def test_asked_for_by_her_whole_name_he_finds_nothing(visits: Visits) -> None:
    gary = visits("Gary Lisle", width=1280).opens("/people/someone/")
    gary.writes("Tracey Hallam", into="Their whole name")
    gary.writes("she was shouting in our stair", into="Why do you ask?").presses("Ask")
    gary.sees("Nobody found here").does_not_see(*HERS[:3], "Callum", "/people/tracey")


def test_a_worker_who_is_no_neighbour_is_told_whom_to_ask_and_she_reads_that_they_asked(
    visits: Visits,
) -> None:
    hodan = visits("Hodan Farah", width=1280).opens("/people/someone/")
    hodan.writes("Tracey Hallam", into="Their whole name")
    hodan.writes("a woman of that name is at the counter", into="Why do you ask?").presses("Ask")
    # Callum walked with her until his own bairn came.
    whom = ("Ask Jodie Laws.", "Ask Priya Nair.")
    hodan.sees("Someone is walking with them", *whom, "That is all there is to say here")
    hodan.does_not_see(*HERS[:3], "Callum", "/people/tracey")
    trace = visits("Tracey Hallam").follows("Who looked at my page")
    trace.sees("Hodan Farah", "a woman of that name is at the counter")


def test_he_is_turned_away_from_every_address_he_could_guess(visits: Visits) -> None:
    trace = visits("Tracey Hallam")
    hers = trace.finds_link("Who may read my page").removesuffix("say-so/")
    gary = visits("Gary Lisle", width=1280)
    for page in PAGES:
        assert gary.tries(hers + page) in (403, 404), page
        gary.does_not_see(*HERS, "Tracey", "Trace ").sees("can help")
    trace.follows("Who looked at my page")
    assert "opened your page" not in trace.main.locator("li").filter(has_text="Gary").all_inner_texts()

"""What the house is built on: nothing without a hash, a licence that goes with ours, and a reason."""

import re
from pathlib import Path

import pytest

from tests.house import audit, dependencies, sources

MOST_DIRECT = 30
REASON = re.compile(r".{5,} \(.*[A-Z].*\)$")  # why, then the licence
SHA512 = re.compile(r"sha512-[A-Za-z0-9+/=]{88}")


def unlocked(packages: list[dependencies.Package]) -> list[str]:
    """Packages that a lock lets be another file than the one that was looked at."""
    return [
        one.name
        for one in packages
        if not one.hashes or (one.ecosystem == dependencies.NODE and not SHA512.fullmatch(one.hashes[0]))
    ]


def not_to_be_given_on(packages: list[dependencies.Package]) -> dict[str, list[str]]:
    """Packages with a licence that does not go with ours."""
    return {one.name: one.licences for one in packages if not set(one.licences) <= dependencies.COMPATIBLE}


def test_every_package_is_the_very_file_that_was_looked_at() -> None:
    packages = dependencies.all_of_them()
    assert len(packages) > 80
    assert unlocked(packages) == []


def test_every_package_may_be_given_on_under_our_licence() -> None:
    """Where it is installed here; one for another machine only is looked at there."""
    packages = dependencies.all_of_them()
    assert not_to_be_given_on(packages) == {}
    assert len([one for one in packages if one.licences]) > 80


def test_every_package_we_ask_for_has_its_reason_and_its_licence_beside_it() -> None:
    asked = dependencies.direct()
    assert {name: words for name, words in asked.items() if not REASON.match(words)} == {}
    assert len(dependencies.direct()) > 20


def test_there_are_few_of_them() -> None:
    told = (sources.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    running = told.partition("dependencies = [")[2].partition("\n]")[0]
    assert running.count('\n    "') <= MOST_DIRECT


def test_no_lock_names_an_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        text = (sources.ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"https?://|--index-url|\"resolved\"", text) == [], name


def test_a_package_without_a_hash_or_with_another_licence_is_found(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("django==5.2.19 \\\n    # via alongside\n", encoding="utf-8")
    (found,) = dependencies.python_packages(lock)
    assert (found.name, found.version, unlocked([found])) == ("django", "5.2.19", ["django"])
    closed = dependencies.Package(dependencies.NODE, "closed", "1", ["md5-x"], ["UNLICENSED"])
    assert unlocked([closed]) == ["closed"]
    assert not_to_be_given_on([closed]) == {"closed": ["UNLICENSED"]}


DJANGO = dependencies.Package(dependencies.PYTHON, "django", "5.2.19")
SASS = dependencies.Package(dependencies.NODE, "sass", "1.108.2", runs=False)


def asked_of(answer: dict[str, object], said: list[object]) -> audit.Ask:
    def ask(question: dict[str, object]) -> dict[str, object]:
        said.append(question)
        return answer

    return ask


def test_what_is_known_against_a_package_is_told_with_its_name() -> None:
    said: list[object] = []
    answer = {"results": [{"vulns": [{"id": "GHSA-xxxx"}, {"id": "PYSEC-1"}]}, {}]}
    found = audit.known_against([DJANGO, SASS], asked_of(answer, said))
    assert found == {DJANGO: ["GHSA-xxxx", "PYSEC-1"]}
    asked = {"package": {"name": "django", "ecosystem": "PyPI"}, "version": "5.2.19"}
    assert said[0]["queries"][0] == asked  # type: ignore[index]


@pytest.mark.parametrize("answer", [{}, {"results": [{}]}, {"results": "none"}])
def test_an_answer_that_is_none_is_not_taken_for_a_good_one(answer: dict[str, object]) -> None:
    with pytest.raises(audit.NobodyAnswers):
        audit.known_against([DJANGO, SASS], asked_of(answer, []))


def nobody(_question: dict[str, object]) -> dict[str, object]:
    raise audit.NobodyAnswers("no way there")


def test_without_a_network_it_is_said_plainly_and_fails_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(["--when-reachable"], ask=nobody) == 0
    assert "NOT looked up" in capsys.readouterr().out
    assert audit.main([], ask=nobody) == 1


def test_something_known_against_what_runs_fails(capsys: pytest.CaptureFixture[str]) -> None:
    many = len(dependencies.all_of_them())
    bad = {"results": [{"vulns": [{"id": "PYSEC-1"}]}, *({} for _ in range(many - 1))]}
    assert audit.main(["--when-reachable"], ask=asked_of(bad, [])) == 1
    assert "PYSEC-1" in capsys.readouterr().out
    good = {"results": [{} for _ in range(many)]}
    assert audit.main(["--when-reachable"], ask=asked_of(good, [])) == 0
    assert f"{many} packages" in capsys.readouterr().out


def test_one_that_was_looked_at_is_let_be_until_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audit.LOOKED_AT, "PYSEC-1", audit.Let("2999-01-01", "We never call it."))
    monkeypatch.setitem(audit.LOOKED_AT, "PYSEC-2", audit.Let("2000-01-01", "We never called it."))
    assert audit.still_to_answer({DJANGO: ["PYSEC-1", "PYSEC-2"]}) == {DJANGO: ["PYSEC-2"]}

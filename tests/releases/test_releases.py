"""What an older release kept comes back in this one: restored, brought up to date, its audit as it was sealed.

A fixture of each release lies beside this file; docs/how-to/release.md says how it is made, and there is none
before the first release.
"""

import re
from pathlib import Path

import pytest

from alongside.config.cli.rehearse import rehearse
from tests.house import sources

HERE = Path(__file__).parent
MADE_UP = "only made-up people live here"
RELEASED = re.compile(r"^## (\d+\.\d+\.\d+)\b", re.MULTILINE)
KEPT = sorted(HERE.glob("*.backup"))
NONE_YET = pytest.param(None, marks=pytest.mark.skip("No release yet: the first makes the first fixture."))


def without_a_fixture(changes: str, kept: set[str]) -> list[str]:
    """Releases that CHANGELOG.md names and of which nothing was kept."""
    return [release for release in RELEASED.findall(changes) if release not in kept]


def test_every_release_has_kept_what_a_later_one_must_bring_back() -> None:
    changes = (sources.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert without_a_fixture(changes, {path.stem for path in KEPT}) == []


def test_a_release_of_which_nothing_was_kept_is_found() -> None:
    changes = (
        "# Changes\n\n## Not released yet\n- x\n\n## 0.2.0 (1 May 2027)\n- y\n\n## 0.1.0 (1 December 2026)\n"
    )
    assert without_a_fixture(changes, {"0.1.0"}) == ["0.2.0"]


# Each takes a database server of its own, some ten seconds.
@pytest.mark.slow
@pytest.mark.parametrize("kept", KEPT or [NONE_YET], ids=lambda path: path.stem if path else "none yet")
def test_what_an_older_release_kept_comes_back_whole(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path))
    found = rehearse(kept, MADE_UP)
    assert found["restored"]["rows"] > 1000
    assert found["audit"]["sound"], found["audit"]["found"]

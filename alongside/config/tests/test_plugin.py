import os
from typing import Any

import pytest
from django.conf import settings

from alongside.config.tests import plugin


def test_tests_never_use_the_places_own_folder() -> None:
    assert settings.DATA.name != ".alongside"
    assert os.environ["ALONGSIDE_DATA"] == str(settings.DATA)


class Marked:
    """A test that is marked as driving a browser."""

    def get_closest_marker(self, mark: str) -> bool:
        return mark == "browser"


@pytest.fixture
def without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugin.shutil, "which", lambda program: None)


def test_a_machine_without_chromium_skips_with_a_line_to_copy(
    without_chromium: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    item: Any = Marked()
    with pytest.raises(pytest.skip.Exception, match="apt-get install -y --no-install-recommends chromium"):
        plugin.pytest_runtest_setup(item)


def test_in_ci_a_lacking_chromium_is_a_failure(
    without_chromium: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    item: Any = Marked()
    with pytest.raises(pytest.fail.Exception, match="apt-get install"):
        plugin.pytest_runtest_setup(item)

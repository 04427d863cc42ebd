"""Trace, and who has anything to do with her plan."""

import pytest

from alongside.doings.tests.world import around_trace


@pytest.fixture
def world(db: None):
    """Trace and who is around her."""
    return around_trace()

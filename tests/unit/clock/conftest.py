"""What every test of a clock needs: the packaged calendar, read once."""

import pytest

from fuyuantong.clock.calendar import Calendar, load_calendar


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return load_calendar()

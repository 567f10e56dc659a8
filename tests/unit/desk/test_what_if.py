"""What a person asks to be reckoned otherwise, as it stands in the address."""

from datetime import date, datetime

import pytest

from fuyuantong.clock.supposing import Supposition
from fuyuantong.clock.terms import SHANGHAI, Unit
from fuyuantong.desk.what_if import UnreadableSupposition, supposition_from


def test_an_empty_form_asks_nothing() -> None:
    assert supposition_from({"start": "", "unit": "days", "stopped_on": "2026-11-02"}) is None


def test_everything_that_is_asked_is_read() -> None:
    asked = {
        "start": "2026-11-02",
        "at": "2026-11-02T09:30",
        "length": "15",
        "unit": "days",
        "until": "2026-11-30",
        "stopped_on": "2026-11-10",
        "stopped_days": "3",
    }

    assert supposition_from(asked) == Supposition(
        start=date(2026, 11, 2),
        at=datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI),
        length=15,
        unit=Unit.DAYS,
        until=date(2026, 11, 30),
        stopped_on=date(2026, 11, 10),
        stopped_days=3,
    )


def test_a_length_without_a_unit_keeps_the_unit_there_is() -> None:
    assert supposition_from({"length": "15"}) == Supposition(length=15)


@pytest.mark.parametrize(
    ("name", "value"),
    [("start", "昨天"), ("at", "9点"), ("length", "十五"), ("length", "-3"), ("length", "1" * 5000), ("until", "x")],
)
def test_what_cannot_be_read_is_refused_in_its_place(name: str, value: str) -> None:
    with pytest.raises(UnreadableSupposition) as refused:
        supposition_from({name: value})
    assert refused.value.field == name


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnreadableSupposition):
        supposition_from({"length": "3", "unit": "weeks"})

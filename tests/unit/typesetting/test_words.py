"""Days and numbers in words."""

from datetime import date

import pytest

from fuyuantong.typesetting.words import full_day, full_time, numeral, plain_day, plain_time


def test_a_day_is_written_in_either_numerals() -> None:
    assert full_day(date(2026, 11, 22)) == "二〇二六年十一月二十二日"
    assert full_day(date(2030, 10, 8)) == "二〇三〇年十月八日"
    assert plain_day(date(2026, 1, 2)) == "2026年1月2日"


def test_numerals_end_at_99() -> None:
    assert numeral(99) == "九十九"
    with pytest.raises(ValueError, match="100"):
        numeral(100)


def test_a_time_says_its_part_of_the_day() -> None:
    told = [plain_time(time) for time in ("05:00", "09:30", "12:00", "15:00", "19:30")]
    assert told == ["凌晨5:00", "上午9:30", "中午12:00", "下午3:00", "晚上7:30"]
    assert (full_time("09:30"), full_time("15:00")) == ("上午9时30分", "下午3时")

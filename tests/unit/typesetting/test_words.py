"""Days and numbers in words."""

from datetime import date

import pytest

from fuyuantong.typesetting.words import full_day, numeral, plain_day


def test_a_day_is_written_in_either_numerals() -> None:
    assert full_day(date(2026, 11, 22)) == "二〇二六年十一月二十二日"
    assert full_day(date(2030, 10, 8)) == "二〇三〇年十月八日"
    assert plain_day(date(2026, 1, 2)) == "2026年1月2日"


def test_numerals_end_at_99() -> None:
    assert numeral(99) == "九十九"
    with pytest.raises(ValueError, match="100"):
        numeral(100)

"""Columns of a terminal, where a Chinese character is two wide."""

from fuyuantong.matters.console.columns import aligned, shortened, width


def test_a_chinese_character_is_two_wide() -> None:
    assert width("法院 A") == 6


def test_columns_stand_below_each_other_and_empty_ones_are_left_out() -> None:
    assert aligned([("县法院", "", "1"), ("局", "", "22")]) == ["  县法院  1", "  局      22"]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert shortened("规范行政处罚\n告知程序", 12) == "规范行政处…"


def test_what_fits_stays_in_one_line() -> None:
    assert shortened("规范\n告知", 9) == "规范 告知"


def test_nothing_at_all_is_no_line() -> None:
    assert aligned([]) == []

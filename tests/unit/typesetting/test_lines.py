"""Lines: what may not begin or end one, and how they are filled."""

from fuyuantong.typesetting.blocks import Run
from fuyuantong.typesetting.lines import Line, atoms, break_lines


def broken(text: str, *, room: float, fill: bool = True) -> list[str]:
    return ["".join(one.character for one in line.placed) for line in lines(text, room=room, fill=fill)]


def lines(text: str, *, room: float, fill: bool = True) -> list[Line]:
    return list(break_lines(atoms((Run(text),)), first=room, rest=room, fill=fill))


def test_a_mark_that_may_not_begin_a_line_is_squeezed_in() -> None:
    assert broken("依法行政，规范执法，公正", room=9) == ["依法行政，规范执法，", "公正"]


def test_without_marks_to_squeeze_a_character_goes_over_with_the_mark() -> None:
    assert broken("依法行政规范执法、公正", room=8) == ["依法行政规范执", "法、公正"]


def test_an_opening_bracket_goes_over_with_its_text() -> None:
    assert broken("根据规定（一）", room=5) == ["根据规定", "（一）"]


def test_numbers_and_dashes_are_not_parted() -> None:
    assert broken("温政2026号", room=3) == ["温政", "2026号"]
    assert broken("甲乙——丙", room=3) == ["甲", "乙——", "丙"]


def test_a_year_in_chinese_numerals_is_not_parted() -> None:
    assert broken("定于二〇二七年", room=4) == ["定于", "二〇二七", "年"]


def test_a_line_is_filled_to_its_end_but_the_last() -> None:
    first, last = lines("温政2026年1", room=4.2)

    assert (round(first.wide, 6), last.wide) == (4.2, 1.5)


def test_what_can_be_parted_nowhere_is_parted_anyway() -> None:
    assert broken("，，，，", room=1) == ["，", "，", "，，"]

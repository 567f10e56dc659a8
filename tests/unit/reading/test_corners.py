"""Places where the grammar has to give up, and does so without harm."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reading.plans_of import lead_of, owed, reading_of_text, units_of

from fuyuantong.reading.blocks import Paragraph, Table
from fuyuantong.reading.dues import dues_in
from fuyuantong.reading.reading import read
from fuyuantong.reading.sentences import pieces_of, sentences_of
from fuyuantong.reading.sources.plain import blocks_of_text
from fuyuantong.reading.unit_lists import listed_units
from fuyuantong.reading.values import Span


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences_of(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙；丙！ 丁", ["甲。", "乙；", "丙！", "丁"]),
        ("他说“好。行。”就走。", ["他说“好。行。”就走。"]),
        ("“好。行。”他走。", ["“好。行。”他走。"]),
        ("甲（乙。丙）。丁", ["甲（乙。丙）。", "丁"]),
        ("甲（乙（丙）丁。）戊。", ["甲（乙（丙）丁。）戊。"]),
        ("甲（乙。丙", ["甲（乙。", "丙"]),
        ("（甲（乙）。", ["（甲（乙）。"]),
        ("甲。”乙。", ["甲。”", "乙。"]),
        ("。 ", ["。"]),
        ("甲 ", ["甲"]),
        ("", []),
    ],
)
def test_a_sentence_ends_outside_of_brackets_and_quotations(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_clauses_end_outside_of_brackets() -> None:
    text = "甲（乙，丙），丁，"

    assert [span.of(text) for span in pieces_of(text, Span(0, len(text)))] == ["甲（乙，丙）", "丁"]


@pytest.mark.parametrize("said", ["（责任）", "（县法院牵头，含附件）", "（含附件，县法院牵头）"])
def test_a_bracket_that_says_more_or_less_does_no_harm(said: str) -> None:
    assert units_of(owed(f"一、任务\n1.县法院要压实责任{said}。")[0]) == ["县法院"]


def test_signs_around_the_value_of_a_label_do_no_harm() -> None:
    assert units_of(owed("一、任务\n1.建立台账。\n责任单位：： 县法院、各乡镇（街道）。")[0]) == [
        "县法院",
        "各乡镇（街道）",
    ]


def test_a_day_inside_the_window_of_a_cycle_is_no_second_due() -> None:
    said = "每年的12月底前报送"

    assert len(dues_in(said, Span(0, len(said)), issued_on=date(2024, 3, 1))) == 1


def test_a_unit_that_does_nothing_begins_nothing() -> None:
    assert [units_of(one) for one in owed("一、任务\n（一）县法院应当通报，县司法局也一样。")] == [
        ["县法院", "县司法局"]
    ]


def test_who_leads_and_calls_others_leads_alone() -> None:
    found = owed("一、任务\n（一）由县司法局牵头，组织相关部门共同开展检查。")[0]

    assert (lead_of(found), units_of(found)) == (["县司法局"], ["县司法局", "相关部门"])


def test_numbers_far_from_any_title_stay_one_text() -> None:
    listed = "".join(f"{number}、县法院应当通报第{number}类案件。\n" for number in "一二三四五六七八九")

    assert [one.clause for one in owed(listed + "一、县公安局应当协查。")][-1] == "一"


def test_numbers_that_begin_again_without_a_title_stay_one_text() -> None:
    assert [one.clause for one in owed("一、县法院应当通报。\n二、县司法局应当通报。\n一、县公安局应当协查。")] == [
        "一",
        "二",
        "一",
    ]


def test_an_item_of_several_paragraphs_is_one() -> None:
    reading = reading_of_text("一、任务\n1.建立台账。\n逐件登记，定期核对。\n责任单位：县法院")
    found = reading.obligations[0]

    assert found.span.of(reading.text) == "建立台账。\n逐件登记，定期核对。"
    assert [sentence.obligations for sentence in reading.sentences[-3:]] == [(0,), (0,), ()]


def test_numbers_before_an_unnumbered_paragraph_are_other_items() -> None:
    found = owed("一、任务\n1.县法院应当建立台账。\n2.县司法局应当通报。\n逐件登记。（县法院牵头）")

    assert [(one.clause, one.rule) for one in found] == [("一1", "subject"), ("一2", "assigned")]


def test_a_short_first_sentence_that_names_who_acts_is_a_duty() -> None:
    assert [units_of(one) for one in owed("一、任务\n（一）县法院建立台账。县司法局通报情况。")] == [
        ["县法院"],
        ["县司法局"],
    ]


def test_a_bracket_after_hardly_any_text_makes_no_item() -> None:
    assert owed("一、任务\n1.略。（县法院牵头）") == ()


def test_text_under_no_number_takes_the_bracket_at_its_end() -> None:
    found = owed("一、任务\n各地要建立台账。\n逐件登记。（县法院牵头）")

    assert [one.rule for one in found] == ["subject", "assigned"]


def test_a_head_that_is_repeated_is_no_task() -> None:
    head = ("工作任务", "责任单位")

    assert len(read([Table((head, ("1.建立台账", "县法院"), head))]).obligations) == 1


def test_the_number_inside_a_cell_is_no_part_of_the_task() -> None:
    reading = read([Paragraph("任务清单"), Table((("工作任务", "责任单位"), ("1.建立台账", "县法院")))])

    assert reading.obligations[0].span.of(reading.text) == "建立台账"


def test_a_share_of_nothing_is_no_target() -> None:
    assert owed("一、任务\n1.县法院要做到50%。")[0].targets == ()


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("县法院、县司法局、", ["县法院", "县司法局"]),
        ("、 县法院", ["县法院"]),
        ("县法院 县司法局", ["县法院", "县司法局"]),
        ("国务院有关部门和单位", ["国务院有关部门和单位"]),
        ("等", []),
    ],
)
def test_a_list_of_units_is_read_between_its_signs(said: str, names: list[str]) -> None:
    assert [unit.name for unit in listed_units(said, said, Span(0, len(said))).units] == names


def test_something_set_up_between_one_unit_and_no_other_has_no_parties() -> None:
    assert units_of(owed("一、任务\n（一）建立县法院和台账制度。")[0]) == []


@pytest.mark.parametrize("sentence", ["推动各级政府及其部门、媒体应当知晓。", "对各级政府、媒体应当公开。"])
def test_who_is_only_acted_upon_is_no_subject(sentence: str) -> None:
    assert [units_of(one) for one in owed(f"一、任务\n（一）机制\n{sentence}")] in ([], [[]])


def test_a_heading_in_the_middle_of_prose_is_not_joined_to_it() -> None:
    text = "一、任务\n（一）县法院应当通报。\n（二）建立联席会议，完善联动工作机制\n县司法局应当通报。\n（三）县公安局应当协查。"

    assert [one.clause for one in owed(text)] == ["一(一)", "一(二)", "一(三)"]


def test_an_article_inside_a_paragraph_begins_a_place() -> None:
    text = "第一条 县法院应当通报。第二条 县司法局应当通报。"

    assert [one.clause for one in owed(text)] == ["第一条", "第二条"]


OFFICIAL = "一二三（）1.2、：；。，“”《》〔〕县法院应当由牵头负责每季度年月日前%10责任单位完成时限\n\t 第条等和可以"


@given(st.text(OFFICIAL, max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    reading = read(blocks_of_text(text))

    spans = [sentence.span for sentence in reading.sentences]
    assert all(0 <= span.start < span.end <= len(reading.text) for span in spans)
    assert all(index < len(reading.obligations) for told in reading.sentences for index in told.obligations)
    assert all(unit.span.of(reading.text) == unit.name for found in reading.obligations for unit in found.units)

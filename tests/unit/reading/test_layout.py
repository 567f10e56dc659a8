"""Where a paragraph, a number and a heading begin, also when damage has hidden it."""

import pytest
from tests.unit.reading.plans_of import owed, reading_of_text, units_of

from fuyuantong.reading.blocks import Paragraph, Table
from fuyuantong.reading.normalising import normalise
from fuyuantong.reading.reading import digest_of, read
from fuyuantong.reading.values import SentenceKind


def lines(*texts: str) -> list[str]:
    return normalise([Paragraph(text) for text in texts]).text.split("\n")


@pytest.mark.parametrize(
    ("texts", "mended"),
    [
        (("由县法院牵头，联合县司法局、", "县信访局。"), ["由县法院牵头，联合县司法局、县信访局。"]),
        (("会议由县政府召集", "。下次另行通知。"), ["会议由县政府召集。下次另行通知。"]),
        (("印发《府院联动", "工作规则》的通知"), ["印发《府院联动工作规则》的通知"]),
        (("成立中心（设在县", "）负责受理。"), ["成立中心（设在县）负责受理。"]),
        (("一、总体要求", "坚持依法行政。"), ["一、总体要求", "坚持依法行政。"]),
        (("（一）依法依规，有机衔接", "牢固树立法治意识，坚持依法办事。"), ["（一）依法依规，有机衔接", "牢固树立法治意识，坚持依法办事。"]),
        (("1.由县法院牵头，联合县政府办公室，每半年对本地", "案件进行分析。"), ["1.由县法院牵头，联合县政府办公室，每半年对本地案件进行分析。"]),
        (("责任单位：县法院", "完成时限：年底"), ["责任单位：县法院", "完成时限：年底"]),
        (("使用 Word", "and PDF 文件，并按要求报送至，"), ["使用 Word", "and PDF 文件，并按要求报送至，"]),
        (("该系统采用统一接口，同时支持 OFD", "PDF 两种格式。"), ["该系统采用统一接口，同时支持 OFD PDF 两种格式。"]),
        (("- 3 -", "第 4 页 共 5 页", "正文。"), ["正文。"]),
        (("责 任 单 位：县法院", "第 一 条 目的。"), ["责任单位：县法院", "第一条 目的。"]),
        (("前端化解、判前和解、源头预防、前端化", "", "解等机制，全面部署。"), ["前端化解、判前和解、源头预防、前端化", "解等机制，全面部署。"]),
        (("建立调处行政争议过程中源头预防，前端化", "", "解、判前和解等工作机制，全面部署。"), ["建立调处行政争议过程中源头预防，前端化解、判前和解等工作机制，全面部署。"]),
    ],
)  # fmt: skip
def test_lines_that_belong_together_are_joined(texts: tuple[str, ...], mended: list[str]) -> None:
    assert lines(*texts) == mended


def test_lines_wrapped_by_a_machine_are_joined_and_page_numbers_dropped() -> None:
    wrapped = ["县人民法院会同县司法局建立行政争议多元化解工作机制并定期向县"] * 9

    assert lines(*wrapped[:5], "12", *wrapped[5:], "政府通报。") == ["".join(wrapped) + "政府通报。"]


def test_debris_is_dropped_and_characters_stay_as_printed() -> None:
    assert lines("\ufeff（１）　各\u200b单位,应\u00a0当 ……\x07") == ["（１） 各单位,应 当 ……"]


def test_a_table_is_stored_row_by_row() -> None:
    normal = normalise([Paragraph("清单"), Table((("序号", "任务"), ("1", "建立 台账")))])

    assert normal.text == "清单\n序号\t任务\n1\t建立 台账"
    assert [cell.of(normal.text) for cell in normal.stretches[1].rows[1]] == ["1", "建立 台账"]


def test_the_digest_is_that_of_the_stored_text() -> None:
    reading = reading_of_text("正文。")

    assert reading.digest == digest_of(reading.text)
    assert len(reading.digest) == 64


def clauses(text: str) -> list[str]:
    return [heading.clause for heading in reading_of_text(text).headings]


def test_every_official_numbering_gives_its_path() -> None:
    text = "一、任务\n（一）小节\n1.事项\n（1）细目\n①条目。\n二、保障\n（一）组织"

    assert clauses(text) == ["一", "一(一)", "一(一)1", "一(一)1(1)", "一(一)1(1)①", "二", "二(一)"]


def test_articles_go_on_through_the_chapters() -> None:
    text = "第一章 总则\n第一条 县司法局负责指导。\n第二章 职责\n第二条 县法院应当：\n（一）通报情况；\n第三节 其他\n第三条 完。"

    assert clauses(text) == ["第一章", "第一条", "第二章", "第二条", "第二条(一)", "第二章第三节", "第三条"]


def test_parts_of_a_document_are_numbered() -> None:
    assert clauses("第一部分 总体要求\n一、目标\n第二部分 任务\n一、机制")[2:] == ["第二部分", "第二部分一"]


def test_headings_run_together_are_taken_apart() -> None:
    text = "一、目标任务二、工作措施（一）诉源治理1.由县法院牵头建立机制。2.由县司法局通报情况。（二）执行联动①县公安局应当协查。②县银行应当查询。"

    assert clauses(text) == ["一", "二", "二(一)", "二(一)1", "二(一)2", "二(二)", "二(二)①", "二(二)②"]


@pytest.mark.parametrize(
    "text",
    [
        "一、县法院应当依据第（一）项、第（二）项办理。",
        "一、按照附件1.和附件2.执行，由县法院负责。",
        "一、县法院应当受理一、二审案件。",
        "一、县法院在3.5日内办结；（三）不予受理。",
    ],
)
def test_references_are_no_headings(text: str) -> None:
    assert clauses(text) == ["一"]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("（一）县法院应当通报。\n（二县司法局应当通报。", "(二)"),
        ("（一）县法院应当通报。\n）县司法局应当通报。", "(二)"),
        ("1.县法院应当通报。\n2县司法局应当通报。", "2"),
        ("1.县法院应当通报。\n2 县司法局应当通报。", "2"),
        ("1.县法院应当通报。\n2.2024年底前县司法局应当通报。", "2"),
        ("1.县法院应当通报。2.2024年底前县司法局应当通报。", "2"),
        ("1)县法院应当通报;\n2)县司法局应当通报。", "(2)"),
        ("一、县法院应当通报。\n二 加强组织领导", "二"),
    ],
)
def test_a_half_lost_number_is_found_again(text: str, clause: str) -> None:
    assert clauses(text)[-1] == clause


def test_the_title_of_a_numbered_paragraph_is_its_first_sentence() -> None:
    heading = reading_of_text("（一）加强人员保障。各成员单位要加强队伍建设。\n（二）宣传。").headings[0]

    assert heading.title == "加强人员保障"


def test_a_list_under_a_stem_is_owed_by_whom_the_stem_names() -> None:
    found = owed("一、县司法局履行下列职责：\n（一）组织培训；\n（二）每季度通报案件情况。")

    assert [units_of(one) for one in found] == [["县司法局"], ["县司法局"]]
    assert [one.is_carried for one in found] == [True, True]


def test_conditions_under_a_stem_are_no_duties() -> None:
    reading = reading_of_text("一、有下列情形之一的，县法院应当通报：\n（一）无故缺席的；\n（二）拒不执行的。")

    assert len(reading.obligations) == 1
    assert [sentence.kind for sentence in reading.sentences[-2:]] == [SentenceKind.CONTEXT] * 2


def test_what_a_stem_without_units_lists_is_read_for_itself() -> None:
    found = owed("一、重点抓好以下工作：\n（一）县法院应当建立台账；\n（二）县司法局应当组织培训。")

    assert [units_of(one) for one in found] == [["县法院"], ["县司法局"]]


def test_an_empty_document_says_nothing() -> None:
    reading = read([])

    assert (reading.text, reading.sentences, reading.obligations, reading.front.title) == ("", (), (), "")


def test_reading_is_linear_in_the_length_of_a_chain_of_names() -> None:
    names = "和".join(["公安局"] * 400)

    assert units_of(owed(f"一、{names}应当通报。")[0]) != []

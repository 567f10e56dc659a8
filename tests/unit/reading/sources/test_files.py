"""What comes in as a file: told by its content, read as paragraphs and tables, or refused with what to do."""

import io
import zipfile

import pytest
from docx import Document
from docx.shared import Mm
from tests.unit.reading.papers import numbered_word_file, pdf_file, ruled_page, word_file

from fuyuantong.reading.blocks import Block, Paragraph, Table
from fuyuantong.reading.sources import files, word
from fuyuantong.reading.sources.files import blocks_of_file, check_size
from fuyuantong.reading.sources.unreadable import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def texts(blocks: object) -> list[str]:
    assert isinstance(blocks, tuple)
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def tables(data: bytes) -> list[tuple[tuple[str, ...], ...]]:
    found: list[Block] = list(blocks_of_file(data))
    return [block.rows for block in found if isinstance(block, Table)]


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b" \n\t ", "没有文字"),
        (b"\x89PNG\r\n", "图片"),
        (OLE + b"\0" * 600, "旧格式"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"%PDF-1.7 nothing", "已损坏"),
        (pdf_file(["甲"], is_locked=True), "密码"),
        (pdf_file([]), "扫描件"),
        (b"PK\x03\x04 nothing", "已损坏"),
        (zipped(other=b"x"), "已损坏"),
        (pdf_file(*[["甲"]] * 501), "501 页"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as refused:
        blocks_of_file(data)

    assert refused.value.remedy


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(Unreadable, match="100 MB"):
        check_size(100_000_000)


def test_too_long_a_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_TEXT", 5)

    with pytest.raises(Unreadable, match="超过 5 字"):
        blocks_of_file("一二三\n四五六".encode())


def test_a_word_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LARGEST_UNPACKED", 10)

    with pytest.raises(Unreadable, match="解压后"):
        blocks_of_file(word_file("标题"))


def test_a_word_file_keeps_its_tables_where_they_stand() -> None:
    data = word_file("标题", table=[["序号", "任务"], ["1", "甲"], ["2", ""]], merged=(1, 1, 2))

    assert tables(data) == [(("序号", "任务"), ("1", "甲 "), ("2", "甲 "))]


def test_a_table_of_one_column_only_lays_out_the_page() -> None:
    assert texts(blocks_of_file(word_file("标题", table=[["第一段"], ["第二段"]]))) == ["标题", "第一段", "第二段"]


def test_the_numbers_that_word_prints_are_read() -> None:
    levels = [
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimalEnclosedCircle", "%4"),
    ]
    told = [
        (0, "总体"),
        (1, "小节"),
        (2, "事项"),
        (2, "事项"),
        (3, "细目"),
        (0, "任务"),
        (1, "小节"),
        (-1, "正文"),
        (5, "无"),
    ]

    read = texts(blocks_of_file(numbered_word_file(levels, told)))

    assert read == ["一、总体", "（一）小节", "1.事项", "2.事项", "①细目", "二、任务", "（一）小节", "正文", "无"]


def test_tab_stops_are_no_tabs_and_a_file_may_lack_numbers() -> None:
    document = Document()
    document.add_paragraph("甲").paragraph_format.tab_stops.add_tab_stop(Mm(20))
    numbered = next(key for key, relation in document.part.rels.items() if relation.reltype.endswith("/numbering"))
    del document.part.rels[numbered]
    out = io.BytesIO()
    document.save(out)

    assert texts(blocks_of_file(out.getvalue())) == ["甲"]


def test_bullets_and_empty_paragraphs_have_no_number() -> None:
    assert texts(blocks_of_file(numbered_word_file([("bullet", "·")], [(0, "甲"), (0, "")]))) == ["甲", ""]


def test_a_break_inside_a_word_paragraph_ends_a_line() -> None:
    assert texts(blocks_of_file(word_file("甲\n乙\t丙"))) == ["甲", "乙 丙"]


def test_the_lines_of_a_pdf_are_read_page_by_page() -> None:
    assert texts(blocks_of_file(pdf_file(["实施方案", "一、任务"], ["第二页。"]))) == [
        "实施方案",
        "一、任务",
        "第二页。",
    ]


def test_a_ruled_table_of_a_pdf_goes_on_over_the_page() -> None:
    placed, rules = ruled_page([["序号", "工作任务", "责任单位"], ["1", "建立台账", "县司法局"]])

    rows = tables(pdf_file(["任务清单", *placed], [*placed, (40, 30, "- 2 -")], [*placed], rules=rules))

    assert rows == [(("序号", "工作任务", "责任单位"), *[("1", "建立台账", "县司法局")] * 3)]


def test_a_table_of_another_shape_is_another_table() -> None:
    placed, rules = ruled_page([["序号", "工作任务", "责任单位"], ["1", "建立台账", "县司法局"]])
    box, box_rules = ruled_page([["整段", "文字"]], top=500, widths=[100, 100])

    read = blocks_of_file(
        pdf_file([*placed, *box, (40, 400, "附注")], ["第二页。"], rules=[*rules, *box_rules], ruled=1)
    )

    assert [type(block) for block in read] == [Table, Table, Paragraph, Paragraph]
    assert texts(read) == ["附注", "第二页。"]


def test_a_table_may_fill_a_page_to_its_edge() -> None:
    placed, rules = ruled_page([["序号", "工作任务", "责任单位"], ["1", "建立台账", "县司法局"]], top=842)

    assert [len(rows) for rows in tables(pdf_file([*placed], rules=rules))] == [2]


def test_pages_without_rules_stand_beside_a_ruled_one() -> None:
    other, other_rules = ruled_page([["甲", "乙"], ["丙", "丁"]], widths=[80, 80], top=300)
    placed, rules = ruled_page([["序号", "工作任务", "责任单位"], ["1", "建立台账", "县司法局"]])

    read = blocks_of_file(pdf_file([*placed, *other], rules=[*rules, *other_rules]))

    assert [len(block.rows[0]) for block in read if isinstance(block, Table)] == [3, 2]

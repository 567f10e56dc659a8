"""Plain texts and web pages: encodings, and tables in all the shapes that copying leaves."""

import pytest

from fuyuantong.reading.blocks import Paragraph, Table
from fuyuantong.reading.sources.encodings import decode
from fuyuantong.reading.sources.files import blocks_of_file
from fuyuantong.reading.sources.plain import blocks_of_text
from fuyuantong.reading.sources.web import blocks_of_page

SAID = "县人民法院应当定期向县人民政府通报行政机关负责人出庭应诉的情况。"
HEAD = ("序号", "工作任务", "责任单位", "完成时限")
ROWS = (("1", "建立台账", "县司法局", "2024年6月"), ("2", "召开会议", "县法院", "每季度"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"])
def test_an_encoding_is_told_by_the_text(encoding: str) -> None:
    said = "縣人民法院應當向縣人民政府通報有關機關的責任。" if encoding == "big5" else SAID * 3

    assert decode(said.encode(encoding)) == said


def test_a_damaged_byte_does_not_change_the_encoding() -> None:
    assert decode((SAID * 20).encode() + b"\xff") == SAID * 20 + "\ufffd"


@pytest.mark.parametrize(("declared", "encoding"), [("gb2312", "gb18030"), ("big5", "big5"), ("x-unknown", "gb18030")])
def test_a_page_says_its_own_encoding(declared: str, encoding: str) -> None:
    page = f"<html><meta charset={declared}><body><p>人民法院的通報有關中國</p></body></html>".encode(encoding)

    assert blocks_of_file(page)[-1] == Paragraph("") or Paragraph("人民法院的通報有關中國") in blocks_of_file(page)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("\t".join(row) for row in (HEAD, *ROWS)),
        "\n".join("    ".join(row) for row in (HEAD, *ROWS)),
        "\n".join(("|" + "|".join(HEAD) + "|", "|---|---|---|---|", *("|" + "|".join(row) + "|" for row in ROWS))),
        "\n".join("│" + "│".join(row) + "│" for row in (HEAD, *ROWS)),
        "\n".join("\n".join(row) for row in (HEAD, *ROWS)),
        "\n\n".join("\n\n".join(row) for row in (HEAD, *ROWS)),
    ],
    ids=["tabs", "gaps", "bars", "drawn", "a cell a line", "with gaps between"],
)
def test_a_table_in_plain_text_is_a_table(text: str) -> None:
    assert blocks_of_text(f"{text}\n\n说明：以上任务完成情况每季度报送领导小组办公室。")[0] == Table((HEAD, *ROWS))


def test_a_task_of_several_lines_stays_one_cell() -> None:
    stacked = "\n".join([*HEAD, "1", "建立台账，", "逐件登记", "县司法局", "2024年6月"])

    assert blocks_of_text(stacked) == (Table((HEAD, ("1", "建立台账， 逐件登记", "县司法局", "2024年6月"))),)


@pytest.mark.parametrize(
    "text",
    [
        "序号\t工作任务\t责任单位",
        "甲|乙|丙",
        "甲\t乙\t丙\n丁\t戊\t己",
        "\n".join(HEAD),
        "序号\n工作任务\n责任单位\n1\n甲",
        "序号",
    ],
)
def test_what_only_begins_like_a_table_stays_text(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in blocks_of_text(text))


def test_a_row_that_is_short_goes_on_in_the_next_line() -> None:
    text = "\n".join(["\t".join(HEAD), "1\t建立台账，", "逐件登记\t县司法局\t2024年6月"])

    assert blocks_of_text(text) == (Table((HEAD, ("1", "建立台账， 逐件登记", "县司法局", "2024年6月"))),)


def test_a_table_ends_where_its_lines_no_longer_have_cells() -> None:
    text = "\n".join(["\t".join(HEAD), "\t".join(ROWS[0]), "附件说明"])

    assert blocks_of_text(text)[1:] == (Paragraph("附件说明"),)


def page(body: str) -> tuple[object, ...]:
    return tuple(
        block for block in blocks_of_page(f"<html><head><title>x</title></head><body>{body}") if block != Paragraph("")
    )


def test_a_page_is_its_paragraphs_without_menus_and_scripts() -> None:
    body = "<nav><a>首页</a></nav><p>甲<br>乙</p><script>var a='丙'</script></script><div>丁 &amp; 戊</div>"

    assert page(body) == (Paragraph("甲"), Paragraph("乙"), Paragraph("丁 & 戊"))


def test_cells_of_a_page_that_span_stand_in_every_row_and_column() -> None:
    body = "<table><tr><th>任务</th><th colspan=2>单位</th></tr><tr><td>甲</td><td rowspan='2'>丙</td><td>丁<br>戊</td></tr><tr><td>乙</td><td>己</table>"

    assert page(body) == (Table((("任务", "单位", "单位"), ("甲", "丙", "丁 戊"), ("乙", "丙", "己"))),)


def test_a_cell_may_span_three_rows() -> None:
    body = "<table><tr><td rowspan=3>丙</td><td>甲</td></tr><tr><td>乙</td></tr><tr><td>丁</td></tr></table>"

    assert page(body) == (Table((("丙", "甲"), ("丙", "乙"), ("丙", "丁"))),)


def test_spans_that_are_no_numbers_count_for_one() -> None:
    assert page("<table><td rowspan=x>甲<td colspan=0>乙</table>") == (Table((("甲", "乙"),)),)


def test_a_table_that_lays_out_the_page_gives_its_paragraphs() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    body = f"<table><tr><td>开头<p>正文</p>{inner}结尾</td></tr></table><table><tr><td>独段</td></tr></table><table></table>"

    read = page(body)

    assert Table((("甲", "乙"),)) in read
    assert [block.text for block in read if isinstance(block, Paragraph)] == ["开头", "正文", "结尾", "独段"]


def test_a_cell_longer_than_any_task_is_a_page() -> None:
    assert page(f"<table><tr><td>菜单</td><td>{'文' * 801}</td></tr></table>")[-1] == Paragraph("文" * 801)


def test_a_row_cell_outside_of_tables_is_text() -> None:
    assert page("<td>甲</td></table><li>乙</li>") == (Paragraph("甲"), Paragraph("乙"))

"""Declared fields as boxes, and what was typed into them as values."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from fuyuantong.desk.forms.boxes import Box, Desk, boxes_of, unplaced
from fuyuantong.desk.forms.posted import changes_rows, posted
from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.protocol import (
    Branch,
    Choice,
    Date,
    File,
    Flag,
    Json,
    Mechanism,
    Number,
    Organ,
    Organs,
    Role,
    Rows,
    Text,
    Time,
)
from fuyuantong.protocol.values import Fault

NOW = datetime(2026, 8, 3, 1, tzinfo=UTC)
COURT = OrganTag(1, "410825-court", "县法院", "court")
DESK = Desk((COURT,), {"ab" * 32: "复函.pdf"})
SHEET = Mechanism(
    "sheet",
    "表",
    fields=(
        Text("title", "事由", at_most=60),
        Text("reply", "答复", help="逐条写明"),
        Choice("kind", "类型", ("一般", "紧急")),
        Flag("public", "公开"),
        Number("amount", "金额", unit="元"),
        Date("day", "日期"),
        Time("hour", "时间"),
        Organ("unit", "承办单位"),
        Organs("copied", "抄送", at_least=0),
        File("letter", "答复函"),
        Text("person", "申请人", secret=True),
        Rows("problems", "问题", (Text("problem", "问题"), Text("measure", "措施")), at_least=1, later=("measure",)),
    ),
)
ALL = tuple(field.key for field in SHEET.fields)


def boxes(
    *asks: str, given: dict[str, Json] | None = None, faults: tuple[Fault, ...] = (), **standing: Json
) -> list[Box]:
    return boxes_of(SHEET, asks=asks, may_ask=(), given=given or {}, standing=standing, faults=faults, desk=DESK)


def sent(text: str, *asked: str) -> dict[str, Json]:
    return posted(SHEET, QueryDict(text), MultiValueDict(), asked=asked, now=NOW).values


def test_each_field_has_its_kind_of_box() -> None:
    assert [box.kind for box in boxes(*ALL)] == [
        "text", "long", "choice", "choice", "number", "date", "time", "organ", "organs", "file", "long", "rows",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [("title", "告知程序", "告知程序"), ("public", True, "yes"), ("public", False, "no"), ("amount", 300, "300")],
)
def test_a_box_shows_what_is_given(key: str, value: Json, shown: str) -> None:
    assert boxes(key, given={key: value})[0].value == shown


def test_a_sealed_value_is_not_shown() -> None:
    sealed = {"$commitment": "sm3", "salt": "00"}
    assert boxes("person", given={"person": sealed})[0].value == ""


def test_what_may_be_none_is_not_marked_as_needed() -> None:
    assert [box.needed for box in boxes("unit", "copied")] == [True, False]


def test_a_kept_file_is_called_by_its_name() -> None:
    assert boxes("letter", given={"letter": ["ab" * 32]})[0].files[0].name == "复函.pdf"


def test_a_table_has_a_box_in_each_cell_but_for_later_columns() -> None:
    (table,) = boxes("problems", given={"problems": [{"problem": "未告知"}, {}]})

    assert table.columns == ("问题",)
    assert [[cell.name for cell in row] for row in table.rows] == [["problems.1.problem"], ["problems.2.problem"]]


def test_a_later_column_stands_beside_what_it_answers() -> None:
    (table,) = boxes("problems.measure", given={"problems.measure": ["已改"]}, problems=[{"problem": "未告知"}])
    known, asked = table.rows[0]

    assert (known.text, asked.name, asked.box and asked.box.value) == ("未告知", "problems.1.measure", "已改")
    assert table.fixed


def test_a_row_that_a_party_added_says_who() -> None:
    rows: list[Json] = [{"problem": "未告知"}, {"problem": "无记录", "$organ": "410825-court"}]
    (table,) = boxes("problems.measure", problems=rows)

    assert table.columns == ("问题", "提出单位", "措施")
    assert [row[1].text for row in table.rows] == ["—", "县法院"]
    assert not table.is_tall


def test_a_row_with_organs_to_tick_is_tall() -> None:
    sheet = Mechanism("s", "表", fields=(Rows("rows", "表", (Text("what", "事项"), Organs("units", "单位"))),))
    (table,) = boxes_of(sheet, asks=("rows",), may_ask=(), given={}, standing={}, faults=(), desk=DESK)

    assert table.is_tall


def test_a_fault_stands_at_its_box_and_its_cell() -> None:
    faults = (Fault("title", "必须填写"), Fault("problems[1].problem", "太长"))
    title, table = boxes("title", "problems", faults=faults)

    assert (title.error, title.described_by) == ("必须填写", "box-title-error")
    assert [cell.box and cell.box.error for cell in table.rows[0]] == ["太长"]


def test_a_fault_without_a_box_is_told_above() -> None:
    faults = (Fault("strange", "不需要填写“strange”"), Fault("title", "必须填写"))

    assert unplaced(faults, boxes("title"), SHEET) == ["不需要填写“strange”"]


def test_what_was_typed_becomes_values() -> None:
    text = (
        "title=告知程序&public=yes&amount=300&day=2026-08-03&hour=9：30&unit=410825-court&copied=410825-court&copied="
    )

    assert sent(text, "title", "public", "amount", "day", "hour", "unit", "copied") == {
        "title": "告知程序",
        "public": True,
        "amount": 300,
        "day": "2026-08-03",
        "hour": "09:30",
        "unit": "410825-court",
        "copied": ["410825-court"],
    }


def test_what_cannot_be_read_is_left_as_it_was_typed() -> None:
    assert sent("amount=三百&public=也许&hour=饭后", "amount", "public", "hour") == {
        "amount": "三百",
        "public": "也许",
        "hour": "饭后",
    }


def test_rows_without_a_word_are_left_out() -> None:
    assert sent("problems.1.problem=未告知&problems.2.problem=&do=perform", "problems") == {
        "problems": [{"problem": "未告知"}]
    }


@pytest.mark.parametrize(
    ("do", "rows"),
    [
        ("add:problems", [{"problem": "一"}, {"problem": "二"}, {}]),
        ("remove:problems.1", [{"problem": "二"}]),
        ("add:others", [{"problem": "一"}, {"problem": "二"}]),
    ],
)
def test_a_button_adds_and_takes_away_a_row(do: str, rows: list[Json]) -> None:
    text = f"problems.1.problem=一&problems.2.problem=二&do={do}"

    assert sent(text, "problems") == {"problems": rows}
    assert changes_rows(QueryDict(text))


def test_a_later_column_that_nobody_filled_in_is_nothing() -> None:
    assert sent("problems.1.measure=&problems.2.measure=", "problems.measure") == {"problems.measure": []}
    assert sent("problems.1.measure=改&problems.2.measure=", "problems.measure") == {"problems.measure": ["改", ""]}


def test_organs_are_chosen_for_unclear_roles_and_files_keep_their_names() -> None:
    digest = "ab" * 32
    data = QueryDict(f"role:superior=410825-court&role:other=&evidence={digest}&name:{digest}=回执.png")
    found = posted(SHEET, data, MultiValueDict(), asked=(), now=NOW)

    assert found.chosen == {"superior": "410825-court"}
    assert (found.evidence, found.names) == ((digest,), {digest: "回执.png"})


def test_a_box_offers_only_who_may_play_the_part() -> None:
    role = Role("unit", "承办单位", branches=(Branch.GOVERNMENT,), via="field:unit")
    bureau = OrganTag(2, "410825-justice", "县司法局", "government")
    sheet, desk = replace(SHEET, roles=(role,)), Desk((COURT, bureau), {})
    found = boxes_of(sheet, asks=("unit", "copied"), may_ask=(), given={}, standing={}, faults=(), desk=desk)

    assert [box.organs for box in found] == [(bureau,), (COURT, bureau)]

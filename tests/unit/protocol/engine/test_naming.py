"""Naming a row of a register: it must stand there as the declaration asks; the refusal says how it stands and what to do."""

from dataclasses import replace

import pytest
from tests.unit.protocol.engine.matter import BUREAU, Matter
from tests.unit.protocol.proof.letters import on, plus_move
from tests.unit.protocol.proof.test_heeds import NUMBERED

from fuyuantong.protocol import Move
from fuyuantong.protocol.naming import admits, unfit
from fuyuantong.protocol.registers import COURT_CASE, RowNow

ROW, NEXT = "（2026）豫0825行初1号", "（2026）豫0825行初20号"
PENDING = on(NUMBERED, "fields", "number", only_while=("pending",))
LEAVING = plus_move(PENDING, "drafting", Move("drop", "不再发出", to="gone"))
GIVEN = {"number": "(2026)豫0825行初1号", "reply": "无"}


def refused(row, mechanism=PENDING, values=GIVEN):
    return unfit(mechanism, Matter(mechanism).open().situation, values, stands=lambda register, key: row)


def test_a_row_that_stands_as_asked_or_is_not_in_the_register_may_be_named() -> None:
    assert refused(RowNow("pending")) is None
    assert refused(None) is None
    assert refused(RowNow("withdrawn"), NUMBERED) is None
    assert refused(RowNow("withdrawn"), values={"reply": "无"}) is None


@pytest.mark.parametrize(
    ("row", "mechanism", "detail", "remedy"),
    [
        (RowNow("withdrawn", "2026-11-20"), PENDING, "已撤诉（2026-11-20），", "请核对“案号”。"),
        (RowNow("withdrawn"), LEAVING, "已撤诉，", "请核对“案号”；不再办理的，请用“不再发出”结束本件。"),
        (RowNow("moved", goes_on=NEXT), PENDING, f"已移送、并案或者重新编号，此后为{NEXT}，", f"请改写为{NEXT}。"),
    ],
)
def test_a_row_that_does_not_is_refused_with_what_to_do(row, mechanism, detail, remedy) -> None:
    found = refused(row, mechanism)

    assert (found.detail, found.remedy, found.field) == (
        f"{ROW}{detail}不能办理“{mechanism.title}”",
        remedy,
        "number",
    )


def test_what_was_named_before_is_not_asked_again() -> None:
    matter = Matter(PENDING).open().move("send", {"addressee": BUREAU, "number": GIVEN["number"]})

    assert unfit(PENDING, matter.situation, GIVEN, stands=lambda register, key: RowNow("withdrawn")) is None
    over = replace(matter.situation, state="done", values={})
    assert "请核对" in unfit(PENDING, over, GIVEN, stands=lambda register, key: RowNow("withdrawn")).remedy


def test_a_mechanism_admits_the_standings_that_its_fields_ask_for() -> None:
    assert admits(PENDING, COURT_CASE, "pending")
    assert not admits(PENDING, COURT_CASE, "decided")
    assert admits(PENDING, "another", "decided")
    assert admits(NUMBERED, COURT_CASE, "decided")

"""Obeying a register: the matter is led, follows the row under its new name, or notes that nothing changes."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.protocol.engine.matter import BUREAU, Matter
from tests.unit.protocol.proof.test_heeds import GONE, HEEDING

from fuyuantong.protocol import Text
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.heeding import RegisterEvent, heed, rows_named
from fuyuantong.protocol.registers import event_title
from fuyuantong.protocol.transition import Draft

ROW, NEXT = "（2026）豫0825行初1号", "（2026）豫0825行初20号"
WITHDRAWN = RegisterEvent(
    "court-case", "withdrawn", ROW, "2026-08-10", f"{ROW} 2", "ab" * 32, values={"outcome": "R03"}
)
DATED = replace(
    HEEDING,
    heeds=(replace(GONE, before="day"),),
    states=(
        replace(HEEDING.states[0], moves=(replace(HEEDING.states[0].moves[0], asks=("addressee", "number", "day")),)),
        *HEEDING.states[1:],
    ),
)


def answering(mechanism=HEEDING, **more) -> Matter:
    matter = Matter(mechanism).open()
    return matter.move("send", {"addressee": BUREAU, "number": "(2026)豫0825行初1号", **more})


def told(matter: Matter, event: RegisterEvent) -> Draft | None:
    on = date(2026, 8, 12)
    return heed(
        matter.mechanism,
        matter.situation,
        event,
        by="number",
        of_seq=2,
        slip="slip-9",
        acting=Acting(matter.situation.holder, on),
        world=matter.world,
    )


def test_the_matter_is_led_where_the_word_says_and_the_record_tells_why() -> None:
    matter = answering()
    matter.take(told(matter, WITHDRAWN))

    assert (matter.situation.state, matter.situation.closed) == ("gone", "withdrawn")
    assert matter.draft.resolved["heard"] == WITHDRAWN.as_data()
    assert (matter.draft.kind, matter.draft.act) == ("slip-admitted", "heeds:court-case.withdrawn")


def test_the_number_follows_the_row() -> None:
    matter = answering()
    moved = replace(WITHDRAWN, event="renumbered", goes_on=NEXT, values=None)
    matter.take(told(matter, moved))

    assert matter.situation.values["number"] == NEXT
    assert (matter.draft.kind, matter.draft.resolved["corrects"]) == ("correction", 2)
    assert matter.draft.resolved["reason"] == f"行政案件登记：{ROW}案件重新编号，此后为{NEXT}"


def test_a_row_that_goes_on_under_a_name_that_nobody_said_changes_nothing() -> None:
    draft = told(answering(), replace(WITHDRAWN, event="renumbered"))

    assert (draft.to_state, draft.resolved["declined"]) == ("answering", "“待答复”环节不因此改变")


@pytest.mark.parametrize(("day", "state"), [("2026-08-11", "gone"), ("2026-08-10", "answering")])
def test_what_is_obeyed_before_a_day_is_not_obeyed_on_it(day: str, state: str) -> None:
    assert told(answering(DATED, day=day), WITHDRAWN).to_state == state


def test_what_a_mechanism_does_not_heed_leaves_no_record() -> None:
    assert told(answering(), replace(WITHDRAWN, event="ended")) is None


def test_fields_name_rows_by_their_check_and_no_secret_does() -> None:
    sealed = replace(
        HEEDING, fields=(*HEEDING.fields, Text("sealed", "另案", check="case-number", secret=True), Text("a", "甲"))
    )
    values = {"number": "（2026）豫0825行初1号之一", "sealed": ROW, "a": ROW, "reply": None}

    assert list(rows_named(sealed, values)) == [("number", "court-case", ROW)]
    assert list(rows_named(sealed, {"number": "（2026）某某1号"})) == [("number", "court-case", "（2026）某某1号")]


def test_events_have_names() -> None:
    assert event_title("court-case", "joined") == "案件并入他案"
    assert (event_title("court-case", "x"), event_title("fund", "y")) == ("x", "y")

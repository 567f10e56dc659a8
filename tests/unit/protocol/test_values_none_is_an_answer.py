"""Organs and rows of which none are needed must be answered, and may be answered with none."""

import pytest

from fuyuantong.protocol import Mechanism, Organ, Organs, Rows, Text
from fuyuantong.protocol.values import ValuesRefused, check_values

MEETING = Mechanism(
    "meeting",
    "会议",
    fields=(
        Organs("guests", "列席单位", at_least=0),
        Organs("invitees", "参会单位"),
        Rows(
            "tasks",
            "事项",
            (Text("task", "事项"), Organs("joint", "协办单位", at_least=0), Text("end", "结果")),
            later=("end",),
        ),
        Rows("items", "议题", (Text("item", "议题"), Organ("by", "提报单位")), at_least=1),
    ),
)


def _check(given, asks, rows_before=None):
    return check_values(MEETING, given, asks=asks, rows_before=rows_before, knows_organ=lambda _: True)


def test_organs_of_which_none_are_needed_are_answered_with_none():
    assert _check({}, ("guests",)) == {"guests": []}
    assert _check({"guests": []}, ("guests",)) == {"guests": []}


def test_rows_of_which_none_are_needed_are_answered_with_none():
    assert _check({}, ("tasks",)) == {"tasks": []}


@pytest.mark.parametrize("key", ["invitees", "items"])
def test_where_one_is_needed_none_is_refused(key):
    with pytest.raises(ValuesRefused):
        _check({key: []}, (key,))


def test_a_column_of_organs_of_which_none_are_needed_is_answered_with_none():
    row = {"task": "印发制度"}

    assert _check({"tasks": [row]}, ("tasks",)) == {"tasks": [{"task": "印发制度", "joint": []}]}


def test_a_later_column_of_no_rows_has_nothing_to_fill_in():
    assert _check({}, ("tasks.end",), rows_before={"tasks": []}) == {"tasks.end": []}


def test_a_later_column_of_some_rows_must_be_filled_in():
    with pytest.raises(ValuesRefused):
        _check({}, ("tasks.end",), rows_before={"tasks": [{"task": "印发制度"}]})

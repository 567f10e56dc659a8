"""Rows that name matters: whoever reads what was typed finds their ids, and passes over what is no row."""

from fuyuantong.protocol import Matter, Mechanism, Rows, Text
from fuyuantong.protocol.values import matters_named

AGENDA = Mechanism(
    "meeting", "会议", fields=(Rows("items", "议题", (Text("item", "议题"), Matter("carried", "续议"))),)
)


def test_the_ids_of_all_rows_are_found():
    rows = [{"item": "裁执分离", "carried": "0197"}, {"item": "新议题"}]

    assert list(matters_named(AGENDA, {"items": rows}, {})) == ["0197"]


def test_what_is_no_row_is_passed_over():
    assert list(matters_named(AGENDA, {"items": ["裁执分离", {"carried": "0198"}]}, {"items": "裁执分离"})) == ["0198"]

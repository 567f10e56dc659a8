"""The sheet of a matter as lines on a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.console.columns import aligned, shortened
from fuyuantong.matters.console.deadline import time_left

LONGEST_VALUE = 76
LONGEST_NOTE = 56  # so that the number of a matter that led here stays whole
SHORT_DIGEST = 12

Sheet = Mapping[str, Any]


def matter_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the sheet from what matters most to what is rarely asked."""
    yield from _header(sheet)
    yield from _deadline(sheet)
    for title, rows in (
        ("经过", _road(sheet)),
        ("内容", _values(sheet)),
        ("各方", _parties(sheet)),
        ("留痕", _trail(sheet)),
        ("单位内部留痕", _inner(sheet)),
        ("附件", _files(sheet)),
        ("分项", _linked(sheet["children"])),
        ("相关事项", _linked(sheet["links"])),
        ("待答复的申请", [(request["title"], request["slip"]) for request in sheet["requests"]]),
        ("下一步", _moves(sheet)),
        ("可提出的申请", _requests(sheet)),
    ):
        if rows:
            yield f"\n{title}"
            yield from aligned(rows)


def minute(moment: str) -> str:
    """Return a moment as people in Shanghai write it."""
    return f"{datetime.fromisoformat(moment).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def actor(record: Mapping[str, Any]) -> str:
    """Return who acted, for an organ that is not on line also by whom."""
    if record["on_behalf_of"]:
        return f"{record['on_behalf_of_name']}（{record['organ_name']}代录）"
    return str(record["organ_name"])


def _header(sheet: Sheet) -> Iterator[str]:
    provenance = "" if sheet["provenance"]["key"] == "live" else f"［{sheet['provenance']['title']}］"
    yield f"{sheet['number'] or '（未编号）'}  {sheet['title']}  {provenance}".rstrip()
    yield from aligned(
        [
            (
                "机制",
                f"{sheet['mechanism']['title']}（{sheet['mechanism']['key']}，第 {sheet['mechanism']['version']} 版）",
            ),
            ("编号", sheet["uid"]),
            ("发起", f"{sheet['initiator']['name']}，{sheet['opened_on']}"),
            ("现状", _standing(sheet)),
        ]
    )


def _standing(sheet: Sheet) -> str:
    if sheet["is_open"]:
        return f"{sheet['state']['title']}，由{sheet['holder']['name']}办理"
    return f"{sheet['state']['title']}，{sheet['closed_on']} 办结"


def _deadline(sheet: Sheet) -> Iterator[str]:
    clock = next((clock for clock in sheet["clocks"] if clock["key"] == sheet["judged_by"] and clock["running"]), None)
    if clock is None:
        return
    due = f"{clock['due_on']} 届满，" if clock["due_on"] else ""
    yield from aligned([("时限", f"{clock['title']}：{due}{time_left(clock['left'])}")])
    yield from (f"        {line}" for line in clock["proof"])


def _road(sheet: Sheet) -> list[Sequence[str]]:
    return [
        ("→" if number else "", stay["on"], stay["title"], stay["holder"]) for number, stay in enumerate(sheet["road"])
    ]


def _values(sheet: Sheet) -> list[Sequence[str]]:
    return [row for value in sheet["values"] for row in _value(value["title"], value["value"])]


def _value(title: str, value: Any) -> Iterator[Sequence[str]]:
    if not isinstance(value, list):
        yield title, shortened(value, LONGEST_VALUE)
        return
    for number, row in enumerate(value, 1):
        cells = "；".join(f"{column}：{cell}" for column, cell in row.items())
        yield f"{title} {number}", shortened(cells, LONGEST_VALUE)


def _parties(sheet: Sheet) -> list[Sequence[str]]:
    return [
        (party["title"], party["name"], f"第 {party['until']} 号记录起退出" if party["until"] else "")
        for party in sheet["parties"]
    ]


def _trail(sheet: Sheet) -> list[Sequence[str]]:
    return [
        (
            str(record["seq"]),
            minute(record["at"]),
            "" if minute(record["at"]).startswith(record["effective_on"]) else f"{record['effective_on']} 生效",
            actor(record),
            record["account"],
            record["title"],
            f"→ {record['state_title']}",
            record["digest"][:SHORT_DIGEST],
            shortened(record["note"] or record["basis"], LONGEST_NOTE),
        )
        for record in sheet["trail"]
    ]


def _inner(sheet: Sheet) -> list[Sequence[str]]:
    return [
        (str(record["seq"]), minute(record["at"]), record["organ"], record["account"], record["title"])
        for record in sheet["inner"]
    ]


def _files(sheet: Sheet) -> list[Sequence[str]]:
    return [(f"第 {found['seq']} 号记录", found["name"], found["digest"][:SHORT_DIGEST]) for found in sheet["files"]]


def _linked(links: Sequence[Mapping[str, Any]]) -> list[Sequence[str]]:
    return [
        (
            link["title"],
            f"{link['mechanism']}：{link['organ'] or link['name']}",
            f"{link['state']}，由{link['holder']}办理" if link["is_open"] else link["state"],
            f"{link['due_on']} 届满" if link["due_on"] else "",
            link["uid"],
        )
        for link in links
    ]


def _moves(sheet: Sheet) -> list[Sequence[str]]:
    return [
        (
            move["title"],
            move["key"],
            f"→ {move['to_title']}",
            f"不能办理：{move['why_not']}"
            if move["why_not"]
            else _asks(move["asks"]) + ("（须签发）" if move["signed"] else ""),
        )
        for move in sheet["next"]["moves"]
    ]


def _requests(sheet: Sheet) -> list[Sequence[str]]:
    return [
        (request["title"], request["key"], request["why_not"] or _asks(request["asks"]))
        for request in sheet["next"]["requests"]
    ]


def _asks(fields: Sequence[Mapping[str, str]]) -> str:
    return "须填：" + "、".join(f"{field['title']} {field['key']}" for field in fields) if fields else "无须填写"

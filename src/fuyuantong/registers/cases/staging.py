"""A file of cases on its way in: its rows are read, copied beside the register, and looked at where they lie."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final
from uuid import UUID

import orjson
from django.db import connection

from fuyuantong.docket.numbers import AnyCaseNumber, CaseNumber, case_types, read_case_number
from fuyuantong.protocol.fields import Json
from fuyuantong.registers.cases.columns import BY_HEAD, BY_KEY, Column, key_of, read_cell
from fuyuantong.registers.cases.judging import LOOK, UNMAPPED
from fuyuantong.tables.cells import Unread

NOTHING: Final = "{}"
NONE: Final = "[]"
GROUPS: Final = ("行政", "行政赔偿", "行政管辖")
MOST_KNOWN: Final = 2_000
CHUNK: Final = 200
_LINE: Final = "%s\t%s\t%s\t%s\t%s\n"
_KEYS_BESIDE: Final = (("below", "below_key"), ("passed_to", "passed_key"))

_FAULTS: Final = """
    SELECT fed_row.row, fault ->> 'column', fault ->> 'detail'
    FROM fed_row CROSS JOIN jsonb_array_elements(faults) WITH ORDINALITY AS each(fault, place)
    WHERE feed_id = %(feed)s AND verdict = 'faulty' ORDER BY fed_row.row, place LIMIT %(most)s
"""

Fault = dict[str, str]
Raw = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell: its row as Excel numbers it, and the head of its column."""

    row: int
    title: str
    detail: str


def columns_of(heads: Sequence[str]) -> list[Column | None]:
    """Return the column that each head stands for, None for one that nobody knows or that stands there twice."""
    found: list[Column | None] = []
    for head in heads:
        column = BY_HEAD.get(head.replace(" ", ""))
        found.append(None if column in found else column)
    return found


def read_rows(
    rows: Iterable[tuple[int, Sequence[str]]], columns: Sequence[Column | None], *, today: date
) -> Iterator[Raw]:
    """
    Yield what each row says, ready to be copied.

    Shape: number of the row, key of the case, parts of its number, what is said, faults; the last three as JSON.
    """
    # days, names of organs and outcomes come again and again: each is read once
    wanted: list[tuple[int, Column, dict[str, Json]]] = [
        (place, column, {}) for place, column in enumerate(columns) if column
    ]
    for row, cells in rows:
        content: dict[str, Json] = {}
        faults: list[Fault] = []
        for place, column, known in wanted:
            text = cells[place]
            if not text:
                continue
            if text in known:
                content[column.key] = known[text]
                continue
            try:
                content[column.key] = said = read_cell(column, text)
            except Unread as fault:
                faults.append({"column": column.key, "detail": str(fault)})
            else:
                if len(known) < MOST_KNOWN:
                    known[text] = said
        yield stated(row, content, faults, today=today)


def stated(row: int, content: dict[str, Json], faults: list[Fault], *, today: date) -> Raw:
    """Return one statement about a case, ready to be copied."""
    for key, beside in _KEYS_BESIDE:
        if key in content:
            said = content[key]
            content[beside] = key_of(said) if isinstance(said, str) else None
    text, key, parts = content.get("number"), "", NOTHING
    if isinstance(text, str):
        number = read_case_number(text)
        key, parts = number.of_case, _parts(number)
        if wrong := _misplaced(number, today):
            faults.append({"column": "number", "detail": wrong})
    elif not any(fault["column"] == "number" for fault in faults):
        faults.append({"column": "number", "detail": "须写明案号"})
    return row, key, parts, orjson.dumps(content).decode(), orjson.dumps(faults).decode() if faults else NONE


def _parts(number: AnyCaseNumber) -> str:
    """Return what a number says of its case, as JSON."""
    if isinstance(number, CaseNumber):
        return _parts_of(number.year, number.court, number.type)
    return _as_json({"is_old": True, "year": number.year, "court": "", "type": "", "instance": ""})


@lru_cache(maxsize=1024)
def _parts_of(year: int, court: str, word: str) -> str:
    instance = case_types()[word].instance
    return _as_json({"is_old": False, "year": year, "court": court, "type": word, "instance": instance})


def _as_json(value: dict[str, Json]) -> str:
    return orjson.dumps(value).decode()


def _misplaced(number: AnyCaseNumber, today: date) -> str:
    """Return why a number is none of a case of this register, or nothing."""
    if number.year > today.year:
        return f"案号中的年份 {number.year} 在今年之后"
    if not isinstance(number, CaseNumber):
        return ""
    if number.case_type.group not in GROUPS:
        return f"“{number.type}”是{number.case_type.title}案件，不是行政案件"
    if number.part:
        return f"“{number.part}”是同一案件的另一份文书，请写本案案号 {number.of_case}"
    return ""


def copy_in(rows: Iterable[Raw]) -> int:
    """Copy read rows beside the register, for this transaction; return how many there were."""
    count = 0
    with connection.cursor() as cursor:
        for statement in _RAW:
            cursor.execute(statement)
        with cursor.copy("COPY fed_raw (row, number_key, number, content, unread) FROM STDIN") as copy:
            lines = map(_LINE.__mod__, rows)
            while some := list(islice(lines, CHUNK)):
                # no key has a blank and JSON escapes its own: of all that COPY reads otherwise only `\\` can be there
                copy.write("".join(some).replace("\\", "\\\\"))
                count += len(some)
    return count


def take_back(feed: UUID) -> None:
    """Take the rows of a feed out of what was looked at, to be looked at again in this transaction."""
    with connection.cursor() as cursor:
        for statement in _RAW:
            cursor.execute(statement)
        cursor.execute(_TAKEN_BACK, [feed])


def look(feed: UUID, *, keeper: int, today: date) -> None:
    """
    Judge the copied rows against the register and each other, and keep what was found for the feed.

    Everything that can be wrong between cells, rows and the register is said here, once.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {"feed": feed, "keeper": keeper, "today": today.isoformat()})


def counts_of(feed: UUID) -> dict[str, int]:
    """Return how many rows of a feed there are of each verdict, how many would reopen a case, or contradict a matter."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verdict, count(*), count(*) FILTER (WHERE reopens), count(*) FILTER (WHERE contradicts)"
            " FROM fed_row WHERE feed_id = %s GROUP BY 1",
            [feed],
        )
        rows: list[tuple[str, int, int, int]] = cursor.fetchall()
    return {
        **{verdict: count for verdict, count, *_ in rows},
        "reopens": sum(row[2] for row in rows),
        "contradicts": sum(row[3] for row in rows),
    }


def faults_of(feed: UUID, *, most: int) -> list[CellFault]:
    """Return what is wrong with a feed, cell by cell, in the order of its rows."""
    with connection.cursor() as cursor:
        cursor.execute(_FAULTS, {"feed": feed, "most": most})
        return [CellFault(row, BY_KEY[key].title, detail) for row, key, detail in cursor.fetchall()]


def unmapped(feed: UUID, *, keeper: int, most: int) -> list[str]:
    """Return names of defendants in a feed that no organ bears, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(UNMAPPED, {"feed": feed, "keeper": keeper, "most": most})
        return [name for (name,) in cursor.fetchall()]


_RAW: Final = (
    "DROP TABLE IF EXISTS fed_raw",
    """
    CREATE TEMPORARY TABLE fed_raw
        (row integer, number_key text COLLATE "C", number jsonb, content jsonb, unread jsonb) ON COMMIT DROP
    """,
)

_TAKEN_BACK: Final = """
    WITH gone AS (DELETE FROM fed_row WHERE feed_id = %s RETURNING row, number_key, number, content, unread)
    INSERT INTO fed_raw (row, number_key, number, content, unread) SELECT * FROM gone
"""

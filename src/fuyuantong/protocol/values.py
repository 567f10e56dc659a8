"""Values that a person gives, checked against the declared fields; every fault at once, each with its place."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from fuyuantong.clock.terms import day_from
from fuyuantong.protocol.checks import CHECKS
from fuyuantong.protocol.fields import (
    Choice,
    Date,
    Field,
    File,
    Flag,
    Json,
    Matter,
    Number,
    Organ,
    Organs,
    Rows,
    Text,
    Time,
)
from fuyuantong.protocol.mechanism import Figures, Mechanism
from fuyuantong.refusal import Refusal

MOST_ROWS = 200  # rows kept inside the trail; more belong in a file (core.md §4, trap 3)
LARGEST = 2**53 - 1
SHOWN = 40  # characters of one value, and values, that a fault repeats
# control characters, marks that turn the direction of writing (a text must read as it is kept), halves of a pair
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_DIGEST = re.compile(r"[0-9a-f]{64}")

KnowsOrgan = Callable[[str], bool]


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place: `field` is `key`, or `key[row].column` with rows counted from 1."""

    field: str
    detail: str


class ValuesRefused(Refusal):
    """What was filled in does not fit the declared fields; nothing was taken."""

    key = "values-refused"
    title = "填写内容有误"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            "；".join(fault.detail for fault in faults),
            remedy="请按提示更正后重新提交，已填内容不会丢失。",
            field=faults[0].field,
        )
        self.faults = faults


def check_values(
    mechanism: Mechanism,
    given: Mapping[str, Json],
    *,
    asks: Iterable[str],
    may_ask: Iterable[str] = (),
    rows_before: Mapping[str, Json] | None = None,
    knows_organ: KnowsOrgan,
) -> dict[str, Json]:
    """
    Return the values in canonical form: text stripped, what was left empty left out.

    `asks` and `may_ask` are field keys or `"rows.column"`, whose value is a list with one entry per row of
    `rows_before`. Raises: `ValuesRefused` with every fault.
    """
    asked, optional = tuple(asks), tuple(may_ask)
    faults = [Fault(_shown(key), f"不需要填写“{_shown(key)}”") for key in given if key not in asked + optional]
    values: dict[str, Json] = {}
    for key in asked + optional:
        value = given.get(key)
        if is_empty(value):
            if key in asked and _none_is_an_answer(mechanism, key, rows_before or {}):
                values[key] = []
            elif key in asked:
                faults.append(Fault(key, f"“{title_of(mechanism, key)}”必须填写"))
            continue
        values[key] = _checked(mechanism, key, value, rows_before or {}, knows_organ, faults)
    faults += _ends_before_it_begins(mechanism, values, rows_before or {})
    if faults:
        raise ValuesRefused(tuple(faults))
    return values


def _ends_before_it_begins(
    mechanism: Mechanism, values: Mapping[str, Json], before: Mapping[str, Json]
) -> Iterator[Fault]:
    """Find an event that is over before it begins, whichever of the two is given now."""
    event = mechanism.event
    if event is None or not {event.begins, event.ends} & values.keys():
        return
    begins, ends = (values.get(key, before.get(key)) for key in (event.begins, event.ends))
    if isinstance(begins, str) and isinstance(ends, str) and ends <= begins:
        last, first = mechanism.value(event.ends).title, mechanism.value(event.begins).title
        yield Fault(event.ends, f"“{last}”（{ends}）应晚于“{first}”（{begins}）")


def is_legible(text: str) -> bool:
    """Tell whether a text reads as it is kept: nothing invisible in it, nothing that turns the direction of writing."""
    return not _INVISIBLE.search(text)


def is_empty(value: Json) -> bool:
    """Tell whether nothing was filled in; no and zero are something."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def may_be_none(found: Field) -> bool:
    """Tell whether none is an answer: organs or rows of which none are needed."""
    return isinstance(found, Organs | Rows) and found.at_least == 0


def _none_is_an_answer(mechanism: Mechanism, key: str, rows_before: Mapping[str, Json]) -> bool:
    """Tell whether what is asked may be none: the field allows it, or there is no row to fill in."""
    rows_key, _, column_key = key.partition(".")
    return not rows_before.get(rows_key) if column_key else may_be_none(field_of(mechanism, key))


def field_of(mechanism: Mechanism, key: str) -> Field:
    """Return the field, or the column for `"rows.column"`. Raises: `KeyError`."""
    rows_key, _, column_key = key.partition(".")
    found = mechanism.value(rows_key)
    if not column_key:
        return found
    if isinstance(found, Rows):
        for column in found.columns:
            if column.key == column_key:
                return column
    raise KeyError(key)


def matters_named(mechanism: Mechanism, *values: Mapping[str, Json]) -> Iterator[str]:
    """Yield the ids of the matters that rows of a table name."""
    for table in mechanism.fields:
        columns = [one.key for one in table.columns if isinstance(one, Matter)] if isinstance(table, Rows) else []
        for given in values if columns else ():
            rows = given.get(table.key)
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict):
                    yield from (str(row[key]) for key in columns if row.get(key))


def rate_of(figures: Figures, row: Mapping[str, Json]) -> str:
    """Return the share that a line of figures reports, rounded half up; a dash where nothing was counted. Example: 16.28%."""
    above, below = row.get(figures.above), row.get(figures.below)
    if not isinstance(above, int) or not isinstance(below, int) or below <= 0:
        return "—"
    hundredths = (above * 20_000 + below) // (2 * below)
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def title_of(mechanism: Mechanism, key: str) -> str:
    """Return what people call the field, or the column of the rows."""
    rows_key, _, column_key = key.partition(".")
    title = field_of(mechanism, key).title
    return f"{mechanism.value(rows_key).title}·{title}" if column_key else title


def _checked(
    mechanism: Mechanism,
    key: str,
    value: Json,
    rows_before: Mapping[str, Json],
    knows_organ: KnowsOrgan,
    faults: list[Fault],
) -> Json:
    found = field_of(mechanism, key)
    rows_key, _, column_key = key.partition(".")
    if not column_key:
        return _check(found, value, key, knows_organ, faults)
    rows = rows_before.get(rows_key)
    expected = len(rows) if isinstance(rows, list) else 0
    if not isinstance(value, list) or len(value) != expected:
        faults.append(Fault(key, f"“{title_of(mechanism, key)}”须逐项填写，共 {expected} 项"))
        return None
    return [
        _check(found, cell, f"{rows_key}[{n}].{column_key}", knows_organ, faults) for n, cell in enumerate(value, 1)
    ]


def _check(found: Field, value: Json, place: str, knows_organ: KnowsOrgan, faults: list[Fault]) -> Json:
    if isinstance(found, Rows):
        return _rows(found, value, place, knows_organ, faults)
    if isinstance(found, Organ | Organs):
        return _organs(found, value, place, knows_organ, faults)
    problem, clean = _PLAIN[type(found)](found, value)
    if problem:
        faults.append(Fault(place, f"“{found.title}”{problem}"))
    return clean


def _text(found: Field, value: Json) -> tuple[str, Json]:
    assert isinstance(found, Text)
    if not isinstance(value, str):
        return "应为文字", None
    text = value.strip().replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > found.at_most:
        return f"超过 {found.at_most} 字（现为 {len(text)} 字），请改为上传附件", None
    if not is_legible(text):
        return "含有不可显示的控制字符", None
    return (CHECKS[found.check](text) if found.check else ""), text


def _choice(found: Field, value: Json) -> tuple[str, Json]:
    assert isinstance(found, Choice)
    return ("", value) if value in found.options else (f"只能选择：{'、'.join(found.options)}", None)


def _flag(found: Field, value: Json) -> tuple[str, Json]:
    return ("", value) if isinstance(value, bool) else ("应为是或否", None)


def _number(found: Field, value: Json) -> tuple[str, Json]:
    assert isinstance(found, Number)
    if isinstance(value, bool) or not isinstance(value, int):
        return "应为整数", None
    if value < found.at_least:
        return f"不得小于 {found.at_least}{found.unit}", None
    return ("", value) if value <= LARGEST else (f"不得大于 {LARGEST}{found.unit}", None)


def _date(found: Field, value: Json) -> tuple[str, Json]:
    try:
        day = day_from(value if isinstance(value, str) else "")
    except ValueError:
        return "应为日期，如 2026-08-03", None
    return ("", value) if 1949 <= day.year <= 2200 else ("年份不在 1949 至 2200 之间", None)


def _time(found: Field, value: Json) -> tuple[str, Json]:
    return ("", value) if isinstance(value, str) and _TIME.fullmatch(value) else ("应为时刻，如 09:30", None)


def _file(found: Field, value: Json) -> tuple[str, Json]:
    digests: list[Json] = value if isinstance(value, list) else [value]
    if all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in digests):
        return "", digests
    return "应为已上传的文件", None


def _matter(found: Field, value: Json) -> tuple[str, Json]:
    try:
        uid = UUID(value) if isinstance(value, str) else None
    except ValueError:
        uid = None
    return ("", value) if uid is not None and str(uid) == value else ("应为一件事项的编号", None)


_PLAIN: Mapping[type[Field], Callable[[Field, Json], tuple[str, Json]]] = {
    Text: _text,
    Choice: _choice,
    Flag: _flag,
    Number: _number,
    Date: _date,
    Time: _time,
    File: _file,
    Matter: _matter,
}


def _organs(found: Organ | Organs, value: Json, place: str, knows_organ: KnowsOrgan, faults: list[Fault]) -> Json:
    codes = value if isinstance(value, list) and isinstance(found, Organs) else [value]
    unknown = [code for code in codes if not isinstance(code, str) or _INVISIBLE.search(code) or not knows_organ(code)]
    if unknown:
        names = "、".join(_shown(code) for code in unknown[:SHOWN])
        faults.append(Fault(place, f"“{found.title}”中的机关不存在或已撤销：{names}"))
        return None
    if len(set(map(str, codes))) < len(codes):
        faults.append(Fault(place, f"“{found.title}”中有重复的机关"))
    if isinstance(found, Organ):
        return codes[0]
    if len(codes) < found.at_least:
        faults.append(Fault(place, f"“{found.title}”至少 {found.at_least} 个"))
    return codes


def _shown(value: Json) -> str:
    """Return what a person may be shown of a value that does not fit: short, printable, and of whatever type."""
    return _INVISIBLE.sub("?", value[:SHOWN]) if isinstance(value, str) else "（不是文字）"


def _rows(found: Rows, value: Json, place: str, knows_organ: KnowsOrgan, faults: list[Fault]) -> Json:
    rows = value if isinstance(value, list) else []
    if not rows or not all(isinstance(row, dict) for row in rows):
        faults.append(Fault(place, f"“{found.title}”应为逐行填写的表"))
        return None
    if not found.at_least <= len(rows) <= MOST_ROWS:
        faults.append(Fault(place, f"“{found.title}”应为 {found.at_least} 至 {MOST_ROWS} 行"))
    return [
        _row(found, row, f"{place}[{n}]", knows_organ, faults)
        for n, row in enumerate(rows[:MOST_ROWS], 1)
        if isinstance(row, dict)
    ]


def _row(found: Rows, row: dict[str, Json], place: str, knows_organ: KnowsOrgan, faults: list[Fault]) -> Json:
    columns = {column.key: column for column in found.columns}
    strange = [_shown(key) for key in row if key not in columns]
    faults.extend(Fault(f"{place}.{key}", f"“{found.title}”没有“{key}”这一列") for key in strange)
    clean: dict[str, Json] = {}
    for key, column in columns.items():
        if not is_empty(row.get(key)):
            clean[key] = _check(column, row[key], f"{place}.{key}", knows_organ, faults)
        elif may_be_none(column):
            clean[key] = []
        elif key not in found.later and not isinstance(column, Matter):
            faults.append(Fault(f"{place}.{key}", f"“{found.title}·{column.title}”必须填写"))
    return clean

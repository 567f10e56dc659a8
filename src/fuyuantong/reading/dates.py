"""Days, months, quarters and years as documents write them."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fuyuantong.reading.numerals import number_of

_N = "[0-9一二三四五六七八九十〇零]"
_YEAR = r"(?P<y>[0-9〇零一二三四五六七八九]{4}|今|本|当|明|次) ?年"
_PATTERN = re.compile(
    rf"(?:{_YEAR} ?)?(?P<m>{_N}{{1,3}}) ?月 ?(?P<d>{_N}{{1,3}}) ?[日号]"
    rf"|(?:{_YEAR.replace('<y>', '<y2>')}度?的? ?)?(?P<m2>{_N}{{1,3}}|本) ?月份? ?(?P<part>上旬|中旬|下旬|底|末)?"
    rf"|(?:{_YEAR.replace('<y>', '<y3>')}度?的? ?)?(?:第 ?)?(?P<q>[1-4一二三四]) ?季度 ?(?:底|末)?"
    rf"|(?:{_YEAR.replace('<y>', '<y4>')}度?的? ?)?(?P<half>上半年|下半年)(?:底|末)?"
    rf"|{_YEAR.replace('<y>', '<y5>')}(?: ?(?:年底|年末|底|末|内|全年))?"
    r"|(?P<end>(?<![每一二两三半四五])年(?:底|末)|全年)"
    r"|(?P<iso>[12]\d{3})(?P<sep>[-./])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?!\d)"
    r"|“?(?P<plan>十[三四五六])五”?(?:期?末|规划期末|时期末)"
)
_PLAN_ENDS = {"十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}
_RANGE = re.compile(r" ?(?:-{1,2}|至|到) ?$")


@dataclass(frozen=True)
class DateFound:
    """Keep a day that was read, where it stands, and whether the words name less than a day."""

    start: int
    end: int
    on: date
    is_day: bool
    has_year: bool


def dates_in(folded: str, *, year: int | None, month: int | None = None) -> Iterator[DateFound]:
    """
    Return the days that a text names, the last day where it names a month, quarter or year.

    `year` and `month` are those of the document, for 年底前 and 本月底.
    Example: 2021年6月底 is 2021-06-30, 年底 is the 31st of December of `year`.
    """
    for found in _PATTERN.finditer(folded):
        on = _day(found, year=year, month=month)
        if on is not None:
            named = (
                found["y"] or found["y2"] or found["y3"] or found["y4"] or found["y5"] or found["iso"] or found["plan"]
            )
            yield DateFound(found.start(), found.end(), on, bool(found["d"] or found["id"]), bool(named))


def last_of_range(dates: list[DateFound], folded: str) -> list[DateFound]:
    """Return the days without those that only begin a range: of 2021年3月至6月 the second."""
    kept: list[DateFound] = []
    for found in dates:
        if kept and _RANGE.match(folded[kept[-1].end : found.start] + ""):
            first = kept.pop()
            found = DateFound(first.start, found.end, found.on, found.is_day, found.has_year)
        kept.append(found)
    return kept


def _day(found: re.Match[str], *, year: int | None, month: int | None) -> date | None:
    if found["iso"]:
        return _checked(int(found["iso"]), int(found["im"]), int(found["id"]))
    if found["plan"]:
        return date(_PLAN_ENDS[found["plan"]], 12, 31)
    named = _year(found["y"] or found["y2"] or found["y3"] or found["y4"] or found["y5"], year=year)
    if named is None:
        return None
    if found["d"]:
        return _checked(named, number_of(found["m"]), number_of(found["d"]))
    if found["m2"]:
        return _part_of_month(named, month if found["m2"] == "本" else number_of(found["m2"]), found["part"])
    if found["q"]:
        return _part_of_month(named, 3 * (number_of(found["q"]) or 0), None)
    return date(named, 6, 30) if found["half"] == "上半年" else date(named, 12, 31)


def _year(said: str | None, *, year: int | None) -> int | None:
    if said is None or said in "今本当":
        return year
    if said in "明次":
        return None if year is None else year + 1
    return number_of(said)


def _part_of_month(year: int, month: int | None, part: str | None) -> date | None:
    if month is None or not 1 <= month <= 12:
        return None
    ends = {"上旬": 10, "中旬": 20}
    return _checked(year, month, ends.get(part or "", calendar.monthrange(year, month)[1]))


def _checked(year: int, month: int | None, day: int | None) -> date | None:
    if month is None or day is None or not 1900 <= year <= 2200 or not 1 <= month <= 12:
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None

"""Entering what a court published of a year, by hand or from a table: for reference, with where and when it stood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Final

from fuyuantong.matters.services.actors import By, today
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.models.publication import PublishedFigure
from fuyuantong.registers.cases.published import MEASURES
from fuyuantong.registers.cases.services.feeding import court_of
from fuyuantong.tables.cells import Unread, day_of
from fuyuantong.tables.files import BadTable, lines_of

YEAR, SOURCE, DAY = "年度", "出处", "公布日期"
HEADS: Final = {
    YEAR: "四位年份，如 2025",
    **dict.fromkeys(MEASURES.values(), "件数；没有公布的留空"),
    SOURCE: "如 2025年法院工作报告",
    DAY: "公布的日期，如 2026-01-20",
}
FIRST_YEAR: Final = 1990
LONGEST_SOURCE: Final = 200
LARGEST: Final = 10_000_000
MOST_YEARS: Final = 100


class BadFigures(Refusal):
    """Published numbers that cannot be entered; nothing was taken."""

    key = "bad-figures"
    title = "公布数字有误"
    remedy = "请更正后重新提交。"


@dataclass(frozen=True)
class YearTold:
    """What was published of one year: by measure, where, and when."""

    year: int
    numbers: Mapping[str, int]
    source: str
    published_on: date


def read_year(cells: Mapping[str, str], *, on: date) -> YearTold:
    """Return what a form or a row of a table says of a year, by its heads. Raises: `BadFigures` naming the head."""
    year = _whole(cells.get(YEAR, ""), YEAR)
    if not FIRST_YEAR <= year <= on.year:
        raise BadFigures(f"年度应在 {FIRST_YEAR} 至 {on.year} 之间", field=YEAR)
    numbers = {key: _whole(cells[title], title) for key, title in MEASURES.items() if cells.get(title, "").strip()}
    if not numbers:
        raise BadFigures(f"{year} 年没有填写数字", remedy="请至少填写一项。", field=YEAR)
    source = said(cells.get(SOURCE, ""), longest=LONGEST_SOURCE, refusal=BadFigures, field=SOURCE)
    try:
        published_on = date.fromisoformat(day_of(cells.get(DAY, "").strip()))
    except Unread as fault:
        raise BadFigures(f"{DAY}：{fault}", field=DAY) from fault
    if published_on > on:
        raise BadFigures("公布日期在今天之后", field=DAY)
    return YearTold(year, numbers, source, published_on)


def enter_figures(years: Iterable[YearTold], *, by: By, now: datetime) -> int:
    """Enter what was published, all of it or nothing; shape: how many numbers. Raises: `NotACourt`, `NoPost`."""
    court = court_of(by, now)
    with one_act():
        entered = PublishedFigure.objects.bulk_create(
            PublishedFigure(
                keeper=court,
                year=told.year,
                measure=measure,
                n=n,
                source=told.source,
                published_on=told.published_on,
                entered_at=now,
                account=by.account,
            )
            for told in years
            for measure, n in told.numbers.items()
        )
        return len(entered)


def enter_table(file: IO[bytes], *, by: By, now: datetime) -> int:
    """
    Enter a table of years; shape: how many numbers.

    Raises: `BadTable`, `BadFigures` naming the row, `NotACourt`, `NoPost`.
    """
    lines = lines_of(file, known=HEADS)
    missing = [head for head in (YEAR, SOURCE, DAY) if head not in lines.heads]
    if missing:
        raise BadTable(f"没有“{'、'.join(missing)}”这一列", remedy="请照模板的表头填写。", field="file")
    years = list[YearTold]()
    for row, cells in ((row, cells) for row, cells in lines.rows if any(cells)):
        if len(years) == MOST_YEARS:
            raise BadTable(f"超过 {MOST_YEARS} 行", remedy="请分成几个文件。", field="file")
        try:
            years.append(read_year(dict(zip(lines.heads, cells, strict=True)), on=today(now)))
        except BadFigures as fault:
            raise BadFigures(f"第 {row} 行：{fault.detail}", field="file") from fault
    return enter_figures(years, by=by, now=now)


def _whole(text: str, title: str) -> int:
    bare = text.strip().replace(",", "").replace("，", "")
    if not bare.isascii() or not bare.isdecimal() or int(bare) > LARGEST:
        raise BadFigures(f"“{title}”应为整数，现为“{text.strip()[:20]}”", field=title)
    return int(bare)

"""A whole list, as far as it goes on one sheet: the same rows as on the page, one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fuyuantong.desk.ledger.asked import Question
from fuyuantong.desk.ledger.columns import Column
from fuyuantong.desk.ledger.rows import lines_with_regions
from fuyuantong.desk.lines import Line
from fuyuantong.matters.ledger import LARGEST_PAGE, Total, listed, total
from fuyuantong.matters.ledger_query import Sort
from fuyuantong.matters.sight import Reader
from fuyuantong.refusal import Refusal

BY: Final = {Sort.OPENED: "按立项时间，新的在前", Sort.DUE: "按期限，先到期的在前"}


class TooManyRows(Refusal):
    """A list that is longer than one sheet takes."""

    key = "too-many-rows"
    title = "件数过多"


@dataclass(frozen=True, slots=True)
class Whole:
    """A list with nothing left out; `n` is how many it had when it was begun."""

    reader: Reader
    question: Question
    columns: Sequence[Column]
    now: datetime
    n: int

    def lines(self) -> Iterator[Line]:
        """Yield its lines, read page by page."""
        question, place = self.question, None
        while True:
            page = listed(
                self.reader,
                box=question.box,
                filters=question.filters,
                sort=question.sort,
                after=place,
                size=LARGEST_PAGE,
            )
            yield from lines_with_regions(page.rows, self.columns, now=self.now)
            if page.after is None:
                return
            place = page.after


def whole(reader: Reader, question: Question, columns: Sequence[Column], *, now: datetime, most: int) -> Whole:
    """Return a list from its first row to its last. Raises: `TooManyRows`; as `ledger`."""
    found = total(reader, box=question.box, filters=question.filters, sort=question.sort)
    if found.more and found.n <= most:
        found = _counted(reader, question, most=most)
    if found.n > most or found.more:
        raise TooManyRows(
            f"符合条件的有 {found} 件，一次最多 {most:,} 件", remedy="请用机制、期限或者持有单位缩小范围，分几次取。"
        )
    return Whole(reader, question, columns, now, found.n)


def _counted(reader: Reader, question: Question, *, most: int) -> Total:
    """Count a list by reading it, as far as a sheet goes: where only a lower bound was known."""
    n, place = 0, None
    while n <= most:
        page = listed(
            reader, box=question.box, filters=question.filters, sort=question.sort, after=place, size=LARGEST_PAGE
        )
        n, place = n + len(page.rows), page.after
        if place is None:
            return Total(n)
    return Total(most, more=True)

"""What a form begins with once its kind is chosen: the unfinished matters of the series."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.unfinished import unfinished
from fuyuantong.protocol import Json, Rows
from fuyuantong.protocol.values import Fault, ValuesRefused, is_empty, title_of

ONLY_SEEN = "只带入本单位看得到的；看不到的没有带入，也没有计数。"


@dataclass(frozen=True)
class Begun:
    """What stands in a form after it was begun, and what is to be said of that."""

    values: dict[str, Json]
    told: str


def begun(subject: Subject, values: Mapping[str, Json], *, by: str) -> Begun:
    """
    Return the form with what its kind brings: unfinished matters first, and nothing twice.

    `by` is the field that says the kind. Raises: `ValuesRefused` when it is not chosen yet.
    """
    if is_empty(values.get(by)):
        raise ValuesRefused((Fault(by, f"请先选择“{title_of(subject.mechanism, by)}”"),))
    filled, told = dict(values), []
    for table in subject.mechanism.fields:
        if isinstance(table, Rows) and table.key in values and table.begins_with and table.begins_with.same == by:
            rows = list(_open_rows(subject, table, values))
            filled[table.key] = [*rows, *_listed(values[table.key])]
            told.append(f"“{table.title}”已带入 {len(rows)} 件未办结事项，早的在前，可以删改。{ONLY_SEEN}")
    return Begun(filled, "".join(told))


def _open_rows(subject: Subject, table: Rows, values: Mapping[str, Json]) -> Iterator[dict[str, Json]]:
    beginning = table.begins_with
    if beginning is None:
        return
    there = {row.get(beginning.matter) for row in _listed(values[table.key]) if isinstance(row, dict)}
    still_open = unfinished(
        subject.reader,
        subject.mechanism,
        beginning,
        kind=values[beginning.same],
        region_code=subject.page.matter.region_code,
        but=subject.uid,
    )
    for row in still_open:
        if str(row.uid) not in there:
            yield {beginning.text: _said(subject, row), beginning.matter: str(row.uid)}


def _said(subject: Subject, row: Matter) -> str:
    """Return an open matter with who has to act, and by when: words that stay true when they are printed later."""
    holder = subject.names[row.holder.code] if row.holder else ""
    due = f"应于 {row.due_on} 前办结" if row.due_on else ""
    return f"续议：{row.title}（{'，'.join(part for part in (holder, due) if part)}）"


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []

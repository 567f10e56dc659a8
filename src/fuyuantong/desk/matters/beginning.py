"""What a form begins with once its kind is chosen: who takes part by the place's cadence, and what is unfinished."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.unfinished import unfinished
from fuyuantong.plans.cadences import cadence_of
from fuyuantong.protocol import Choice, Json, Move, Rows, Unfinished
from fuyuantong.protocol.values import Fault, ValuesRefused, is_empty, title_of

TITLE = "title"  # the field that says what a matter is called
MOST = 200  # characters of a title
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
    filled, told = _by_cadence(subject, values, by=by)
    for table in subject.mechanism.fields:
        beginning = table.begins_with if isinstance(table, Rows) else None
        if isinstance(beginning, Unfinished) and table.key in values and beginning.same == by:
            rows = list(_open_rows(subject, beginning, values[table.key], kind=values[by]))
            filled[table.key] = [*rows, *_listed(values[table.key])]
            brought = f"已带入 {len(rows)} 件未办结事项，早的在前，可以删改" if rows else "没有需要带入的未办结事项"
            told.append(f"“{table.title}”{brought}。{ONLY_SEEN}")
    return Begun(filled, "".join(told))


def begun_by_kind(subject: Subject, kind: str) -> tuple[str, Begun] | None:
    """Return the first act of a new event of that series with its form; None without such an act or series."""
    event, state = subject.mechanism.event, subject.mechanism.state(subject.situation.state)
    if event is None or not event.series:
        return None
    by, found = event.series, subject.mechanism.value(event.series)
    move = next((one for one in getattr(state, "moves", ()) if by in one.asks), None)
    if move is None or not isinstance(found, Choice) or kind not in found.options:
        return None
    blank: dict[str, Json] = dict.fromkeys((*move.asks, *move.may_ask))
    return move.key, begun(subject, {**blank, **titled(subject, move), by: kind}, by=by)


def titled(subject: Subject, move: Move) -> dict[str, Json]:
    """Return what the matter is called already, where its first form asks that once more."""
    asks = TITLE in move.asks and TITLE not in subject.situation.values
    return {TITLE: subject.page.matter.title} if asks else {}


def _by_cadence(subject: Subject, values: Mapping[str, Json], *, by: str) -> tuple[dict[str, Json], list[str]]:
    """Return the values with the organs that take part by the cadence of the kind, where none are chosen yet."""
    event, today = subject.mechanism.event, subject.visit.today
    if event is None or event.series != by:
        return dict(values), []
    cadence = cadence_of(
        settings_of(subject.page.matter.region_code),
        mechanism=subject.mechanism.key,
        field=by,
        value=str(values[by]),
        on=today,
    )
    if cadence is None:
        return dict(values), []
    own, known = subject.situation.holder, subject.world.knows_organ
    convenors = [code for code in cadence.convenors if known(code)]
    others: list[Json] = [code for code in dict.fromkeys((*convenors, *cadence.members)) if code != own and known(code)]
    proposed: dict[str, Json] = {event.members: others, event.convenor: convenors[0] if convenors else None}
    filled = {key: value for key, value in proposed.items() if key in values and is_empty(values[key]) and value}
    told = "、".join(f"“{subject.mechanism.value(key).title}”" for key in filled)
    return {**values, **filled}, [f"{told}按“{cadence.title}”的例会周期填入，可以更改。"] if told else []


def _open_rows(subject: Subject, beginning: Unfinished, rows: Json, *, kind: Json) -> Iterator[dict[str, Json]]:
    there = {row.get(beginning.matter) for row in _listed(rows) if isinstance(row, dict)}
    still_open = unfinished(
        subject.reader,
        subject.mechanism,
        beginning,
        kind=kind,
        region_code=subject.page.matter.region_code,
        but=subject.uid,
    )
    for row in still_open:
        if str(row.uid) not in there:
            told = {beginning.text: f"续议：{row.title}"[:MOST], beginning.cause: _cause(subject, row)}
            yield {**told, beginning.matter: str(row.uid)}


def _cause(subject: Subject, row: Matter) -> str:
    """Return who has to act on an open matter, and by when: words that stay true when they are printed later."""
    holder = f"现由{subject.names[row.holder.code]}办理" if row.holder else ""
    due = f"期限 {row.due_on}" if row.due_on else ""
    return "，".join(part for part in ("此前会议议定，尚未办结", holder, due) if part)


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []

"""What is known of a matter, in the words that documents use."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import zip_longest

from fuyuantong.clock.proof import prove
from fuyuantong.clock.terms import days_left
from fuyuantong.documents.kinds import moves_of
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.inner import InnerKind
from fuyuantong.matters.services.trail import Standing
from fuyuantong.organs.models import Organ, OrganName
from fuyuantong.protocol import Date, Field, File, Flag, Json, Number, Rows, Time
from fuyuantong.protocol import Matter as MatterField
from fuyuantong.protocol import Organ as OrganField
from fuyuantong.protocol import Organs as OrgansField
from fuyuantong.protocol.document_kinds import RATE, DocumentKind, Facts
from fuyuantong.protocol.timing import running_clock
from fuyuantong.protocol.values import rate_of
from fuyuantong.seal.commitment import is_commitment
from fuyuantong.typesetting.document import Style
from fuyuantong.typesetting.words import full_day, full_time, plain_day, plain_time

TYPED = (InnerKind.DRAFTED, InnerKind.PROPOSED)


class _Names:
    """The full names of organs, learnt at once."""

    def __init__(self, *, on: date) -> None:
        self._on = on
        self._known: dict[str, str] = {}

    def learn(self, codes: Iterable[str]) -> None:
        found = OrganName.objects.filter(organ__code__in={*codes}, valid__contains=self._on)
        self._known.update(found.values_list("organ__code", "full"))

    def said(self, value: Json) -> str:
        codes = value if isinstance(value, list) else [value]
        return "、".join(self._known.get(str(code), str(code)) for code in codes if code)


def facts_of(
    standing: Standing, kind: DocumentKind, *, organ: Organ, inner: Iterable[InnerRecord], today: date
) -> Facts:
    """Return what is known: values of the matter, and those that the organ has typed for the move of the document."""
    situation, names = standing.situation, _Names(on=today)
    values = _with_columns({**situation.values, **_typed(standing, kind, inner)})
    names.learn((organ.code, situation.holder, situation.initiator, *_codes(values), *_codes(situation.roles)))
    day = full_day if kind.style == Style.WRIT else plain_day
    said = _Said(names, kind.style)
    fields = {found.key: found for found in standing.mechanism.fields}
    words = {key: names.said(bound) for key, bound in situation.roles.items()}
    words |= {key: said.value(fields[key], value) for key, value in values.items() if key in fields}
    words |= {
        "issuer": names.said(organ.code),
        "today": day(today),
        "number": _number(standing, kind),
        "matter": standing.row.title,
        "mechanism": standing.mechanism.title,
        "state": standing.mechanism.state(situation.state).title,
        "holder": names.said(situation.holder),
        "initiator": names.said(situation.initiator),
        "since": day(situation.stay_on) if situation.stay_on else "",
        **_deadline(standing, style=kind.style, today=today),
    }
    rows = {key: said.rows(fields[key], value) for key, value in values.items() if isinstance(fields.get(key), Rows)}
    figures = standing.mechanism.figures
    if figures and isinstance(reported := values.get(figures.rows), list):
        rates = ({RATE: rate_of(figures, row)} for row in reported if isinstance(row, dict))
        rows[figures.rows] = [row | rate for row, rate in zip(rows[figures.rows], rates, strict=True)]
    return Facts(words, rows)


def _number(standing: Standing, kind: DocumentKind) -> str:
    """Return the number of a document that a move has drawn up and numbered; the matter's is no other document's."""
    numbered = any(move.numbers for move in moves_of(standing, kind))
    return standing.row.number if numbered and kind.key in standing.situation.documents else ""


class _Said:
    """Values in the words of one layout."""

    def __init__(self, names: _Names, style: Style) -> None:
        self._names, self._style = names, style

    def value(self, found: Field, value: Json) -> str:
        if value is None or is_commitment(value) or isinstance(found, File | Rows | MatterField):
            return ""
        if isinstance(found, OrganField | OrgansField):
            return self._names.said(value)
        if isinstance(found, Date):
            day = date.fromisoformat(str(value))
            return full_day(day) if self._style == Style.WRIT else plain_day(day)
        if isinstance(found, Time):
            return full_time(str(value)) if self._style == Style.WRIT else plain_time(str(value))
        if isinstance(found, Flag):
            return "是" if value else "否"
        return f"{value}{found.unit}" if isinstance(found, Number) else str(value)

    def rows(self, found: Field, value: Json) -> list[dict[str, str]]:
        columns = found.columns if isinstance(found, Rows) else ()
        rows = value if isinstance(value, list) else []
        return [
            {one.key: self.value(one, row.get(one.key)) for one in columns} for row in rows if isinstance(row, dict)
        ]


def _typed(standing: Standing, kind: DocumentKind, inner: Iterable[InnerRecord]) -> dict[str, Json]:
    """Return what stands in the last draft of the move that draws the document up, made in this stay."""
    moves = {move.key for move in moves_of(standing, kind)}
    typed: dict[str, Json] = {}
    for record in inner:
        values = record.values
        if record.kind in TYPED and values["move"] in moves and values["stay"] == standing.situation.stay_seq:
            typed = values["values"]
    return typed


def _with_columns(values: Mapping[str, Json]) -> dict[str, Json]:
    """Return values with each `rows.column` in its rows; there may be more rows by now."""
    whole = {key: value for key, value in values.items() if "." not in key}
    for key in values.keys() - whole.keys():
        table, _, column = key.partition(".")
        rows, cells = whole.get(table), values[key]
        if isinstance(rows, list) and isinstance(cells, list):
            pairs = zip_longest(rows, cells[: len(rows)])
            whole[table] = [{**row, column: cell} for row, cell in pairs if isinstance(row, dict)]
    return whole


def _deadline(standing: Standing, *, style: Style, today: date) -> dict[str, str]:
    """Return the deadline by which the holder is judged: its rule, its basis, its day, and how long that is past."""
    clock = standing.situation.clocks.get(standing.row.governing_clock)
    if clock is None or not clock.running:
        return {}
    calendar = current_calendar()
    proof = prove(running_clock(clock), calendar)
    if proof.due_on is None:
        return {}
    left = days_left(proof.due_on, today=today, calendar=calendar)
    late = f"已逾期{-left.working}个工作日" if left.working < 0 else f"已逾期{-left.natural}日"
    return {
        "due": full_day(proof.due_on) if style == Style.WRIT else plain_day(proof.due_on),
        "rule": proof.clock.rule.said,
        "basis": proof.clock.rule.basis,
        "overdue": late if left.natural < 0 else "",
    }


def _codes(values: Mapping[str, Json]) -> Iterator[str]:
    """Yield every text that may be the code of an organ, at any depth."""
    for value in values.values():
        yield from _texts(value)


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        yield from _codes(value)

"""Matters as lines of a list: what is owed, by whom, by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.desk.organ_tags import OrganTag, tags_by_id
from fuyuantong.desk.time_left import TimeLeft, time_left
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.ledger import LedgerRow
from fuyuantong.matters.models.matter import Phase, Provenance
from fuyuantong.protocol import Mechanism, State


@dataclass(frozen=True, slots=True)
class Line:
    """One matter in a list, ready to be shown."""

    uid: UUID
    number: str
    title: str
    mechanism: str
    state: str
    to_do: str
    is_open: bool
    holder: OrganTag | None
    initiator: OrganTag | None
    opened_on: date
    left: TimeLeft | None
    closed_on: date | None
    provenance: str
    region: str


def lines_of(rows: Iterable[LedgerRow], *, now: datetime) -> list[Line]:
    """Return rows of the ledger as lines, with one query however many they are."""
    rows = list(rows)
    today, calendar = now.astimezone(SHANGHAI).date(), current_calendar()
    organs = tags_by_id({organ for row in rows for organ in (row.holder_id, row.initiator_id) if organ}, on=today)
    lines = []
    for row in rows:
        mechanism = declared(row.mechanism, row.declaration)
        is_open = row.phase == Phase.OPEN
        lines.append(
            Line(
                uid=row.uid,
                number=row.number,
                title=row.title,
                mechanism=mechanism.title,
                state=state_title(mechanism, row.state),
                to_do=what_to_do(mechanism, row.state),
                is_open=is_open,
                holder=organs.get(row.holder_id or 0),
                initiator=organs.get(row.initiator_id),
                opened_on=row.opened_at.astimezone(SHANGHAI).date(),
                left=time_left(row.due_on, today=today, calendar=calendar) if is_open and row.due_on else None,
                closed_on=row.closed_at.astimezone(SHANGHAI).date() if row.closed_at else None,
                provenance="" if row.provenance == Provenance.LIVE else Provenance(row.provenance).label,
                region=row.region_code,
            )
        )
    return lines


def what_to_do(mechanism: Mechanism, state_key: str) -> str:
    """Return what the holder owes in a state: its one act, else the state, for a choice of acts foretells none."""
    state = next((state for state in mechanism.states if state.key == state_key), None)
    if isinstance(state, State) and len(state.moves) == 1:
        return state.moves[0].title
    return state_title(mechanism, state_key)

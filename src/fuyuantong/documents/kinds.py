"""Which documents an organ may draw up in a matter just now, and which wait for a move."""

from collections.abc import Iterator
from datetime import date

from fuyuantong import catalogue
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.ledger import LedgerRow
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.chains import chain_of
from fuyuantong.matters.services.nearness import taking_part
from fuyuantong.matters.services.trail import Standing
from fuyuantong.organs.models import Organ
from fuyuantong.protocol import Final, Mechanism, Move
from fuyuantong.protocol.document_kinds import DocumentKind


def kind_of(standing: Standing, key: str) -> DocumentKind | None:
    """Return a kind of the matter's mechanism by its key."""
    return next((kind for kind in catalogue.document_kinds(standing.row.mechanism) if kind.key == key), None)


def kinds_open(standing: Standing, organ: str, *, today: date) -> Iterator[DocumentKind]:
    """Yield the kinds that an organ may draw up now."""
    situation = standing.situation
    if organ not in taking_part(situation):
        return
    for kind in catalogue.document_kinds(standing.row.mechanism):
        if kind.by and organ not in situation.organs_of(kind.by):
            continue
        if kind.overdue and not is_overdue(standing, organ, today=today):
            continue
        drawn = kind.key in situation.documents or situation.state in kind.states or not kind.mechanism
        if drawn or (organ == situation.holder and moves_here(standing, kind)):
            yield kind


def moves_here(standing: Standing, kind: DocumentKind) -> list[Move]:
    """Return the moves of the present state that draw up a kind."""
    state = standing.mechanism.state(standing.situation.state)
    return (
        [] if isinstance(state, Final) else [move for move in state.moves if kind.mechanism and move.drafts == kind.key]
    )


def moves_of(standing: Standing, kind: DocumentKind) -> list[Move]:
    """Return all moves of the mechanism that draw up a kind."""
    return _drawing_up(standing.mechanism, kind.key) if kind.mechanism else []


def posts_through(organ: Organ, row: Matter | LedgerRow, kind: str, *, passed: int) -> tuple[str, ...]:
    """Return the posts through which a document still has to go, the one that signs last; none is set: empty."""
    digest = row.declaration if isinstance(row, LedgerRow) else bytes(row.declaration_id)
    moves = (move for move in _drawing_up(declared(row.mechanism, digest), kind) if move.signed)
    move = next(moves, None)
    return chain_of(organ, row.mechanism, move.key)[passed:] if move else ()


def _drawing_up(mechanism: Mechanism, kind: str) -> list[Move]:
    states = (state for state in mechanism.states if not isinstance(state, Final))
    return [move for state in states for move in state.moves if move.drafts == kind]


def is_overdue(standing: Standing, organ: str, *, today: date) -> bool:
    """Tell whether another organ holds the matter beyond its day."""
    situation, due_on = standing.situation, standing.row.due_on
    return not situation.closed and organ != situation.holder and due_on is not None and due_on < today

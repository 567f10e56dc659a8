"""The matters that a person has ticked, and what can be done with all of them at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.desk.lines import Line, lines_of
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.ledger import LedgerRow
from fuyuantong.matters.ledger_query import COLUMNS
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.organs.identity import read_uid
from fuyuantong.protocol.offers import offers
from fuyuantong.refusal import Refusal

MOST: Final = 100


class NothingChosen(Refusal):
    """No matter was ticked, or more than one page can show."""

    key = "nothing-chosen"
    title = "没有选定事项"


@dataclass(frozen=True, slots=True)
class PlainMove:
    """A move that asks for nothing, as one matter offers it."""

    key: str
    title: str
    to: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """One ticked matter; `moves` are what the organ may do with it without being asked anything, by their titles."""

    line: Line
    moves: Mapping[str, PlainMove]
    why_not_urged: str


def chosen(reader: Reader, uids: Iterable[str], *, organ: str, may_sign: bool, now: datetime) -> tuple[Chosen, ...]:
    """Return the ticked matters that the reader sees, newest first. Raises: `NothingChosen`."""
    found = list(visible_to(reader).filter(uid__in=_readable(uids)).order_by("-id")[: MOST + 1])
    if not 0 < len(found) <= MOST:
        raise NothingChosen(
            f"选定了 {len(found)} 件，一次可办 1 至 {MOST} 件", remedy="请回到台账，在要办的各行前打勾。", field="uid"
        )
    lines = lines_of((_row(matter) for matter in found), now=now)
    return tuple(
        Chosen(
            line,
            _moves(matter, organ, may_sign=may_sign, now=now),
            _why_not_urged(line, organ),
        )
        for matter, line in zip(found, lines, strict=True)
    )


def common_moves(found: Collection[Chosen]) -> tuple[str, ...]:
    """Return the titles of the moves that every one of the matters offers."""
    first, *others = found
    return tuple(title for title in first.moves if all(title in one.moves for one in others))


def _moves(matter: Matter, organ: str, *, may_sign: bool, now: datetime) -> Mapping[str, PlainMove]:
    mechanism, situation = declared(matter.mechanism, matter.declaration_id), situation_of(matter)
    if situation.closed or situation.holder != organ:
        return {}
    return {
        offer.move.title: PlainMove(offer.move.key, offer.move.title, state_title(mechanism, offer.to))
        for offer in offers(mechanism, situation, today=now.astimezone(SHANGHAI).date())
        if not offer.refusal and not offer.move.asks and (may_sign or not offer.move.signed)
    }


def _why_not_urged(line: Line, organ: str) -> str:
    if not line.is_open:
        return "已办结，不再催办"
    if line.holder and line.holder.code == organ:
        return "现由本单位办理，不向自己催办"
    return ""


def _row(matter: Matter) -> LedgerRow:
    names = ("declaration_id" if name == "declaration_digest" else name for name in COLUMNS)
    return LedgerRow(*(getattr(matter, name) for name in names))


def _readable(uids: Iterable[str]) -> set[UUID]:
    """Return the ids among what was sent; what is none names no matter."""
    return {found for uid in uids if (found := read_uid(uid))}

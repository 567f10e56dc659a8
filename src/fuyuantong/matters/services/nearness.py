"""Who is near enough to a matter to be told about it, and what those are told who come too late."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from fuyuantong.matters.models.party import Sight
from fuyuantong.matters.models.record import Record, RecordKind
from fuyuantong.matters.queries import no_such_matter
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.trail import Standing
from fuyuantong.organs.queries import scopes_of
from fuyuantong.protocol import Final, Mechanism
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.offers import NotOffered, NotYourTurn
from fuyuantong.protocol.trail import Actor


def taking_part(situation: Situation) -> tuple[str, ...]:
    """Return the organs that play a part of their own in a matter; before issue its holder alone."""
    if not situation.issued_seq:
        return (situation.holder,)
    return tuple(dict.fromkeys((situation.holder, *situation.parties)))


def shown_to(situation: Situation) -> tuple[str, ...]:
    """Return the organs to which a matter is shown for themselves: who take part, and who are copied."""
    return tuple(dict.fromkeys((*taking_part(situation), *situation.copies)))


@contextmanager
def told_who_came_first(standing: Standing, *, by: By, actor: Actor, now: datetime) -> Iterator[None]:
    """
    Refuse strangers as if there were no such matter; name to the others the record that led to the present state.

    Basis: core.md R4.
    Raises: `NoSuchMatter`; what the block refuses, with the record that came first.
    """
    situation = standing.situation
    if actor.for_organ not in shown_to(situation) and not _sees(by, standing, now):
        raise no_such_matter(situation.uid)
    try:
        yield
    except (NotOffered, NotYourTurn) as refusal:
        raise _with_first(refusal, standing) from refusal


def _sees(by: By, standing: Standing, now: datetime) -> bool:
    scopes = scopes_of(by.account, at=now)
    return Sight.objects.filter(matter_id=standing.row.pk, scope_id__in=scopes, until_seq=None).exists()


def _with_first(refusal: NotOffered | NotYourTurn, standing: Standing) -> NotOffered | NotYourTurn:
    first = Record.objects.get(matter_id=standing.row.pk, seq=standing.situation.stay_seq)
    who = f"{first.on_behalf_of or first.organ}（{first.account}）" if first.account else "系统"
    what = _called(standing.mechanism, first)
    detail = f"{refusal.detail}；进入当前环节的是第 {first.seq} 号记录：{who}于 {first.effective_on} “{what}”"
    return type(refusal)(detail, basis=refusal.basis, remedy=refusal.remedy, field=refusal.field)


def _called(mechanism: Mechanism, record: Record) -> str:
    """Return what people call the act of a record."""
    moves = (move for state in mechanism.states if not isinstance(state, Final) for move in state.moves)
    titles = {move.key: move.title for move in moves}
    titles |= {f"request:{request.key}": request.title for request in mechanism.requests}
    return titles.get(record.move) or RecordKind(record.kind).label

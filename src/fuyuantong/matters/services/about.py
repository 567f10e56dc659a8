"""Beginning a matter about another affair: bound to it, its first form filled in from it as a draft."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fuyuantong import catalogue
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done, open_by_hand
from fuyuantong.matters.services.forms import EMPTY, Form
from fuyuantong.matters.services.inner import save_draft
from fuyuantong.matters.session import one_act
from fuyuantong.protocol import Entry, Final, Json, Mechanism, Move, Prefill


@dataclass(frozen=True, slots=True)
class Affair:
    """
    What a new matter is about.

    Shape: `uid` is that of a matter or of a task; `holder` is the code of the organ that has to act on it, empty when
    nobody has; `standing` says by which period, since when, until when and how much overdue.
    """

    uid: UUID
    title: str
    holder: str
    standing: str


def takes_affairs(mechanism: Mechanism) -> bool:
    """Tell whether a matter of that mechanism can be begun about another affair."""
    return any(found.prefill for found in mechanism.fields)


def first_form(mechanism: Mechanism, entry: Entry, affair: Affair) -> tuple[str, dict[str, Json]]:
    """Return the move of the entry that asks what the affair can fill in, and these values; "" where none does."""
    state = mechanism.state(entry.state)
    moves: tuple[Move, ...] = () if isinstance(state, Final) else state.moves
    known = {Prefill.TITLE: affair.title, Prefill.HOLDER: affair.holder, Prefill.STANDING: affair.standing}
    filled = {found.key: known[found.prefill] for found in mechanism.fields if found.prefill and known[found.prefill]}
    for move in moves:
        values: dict[str, Json] = {key: filled[key] for key in move.asks if key in filled}
        if values:
            return move.key, values
    return "", {}


def open_about(
    affair: Affair, key: str, title: str, *, by: By, now: datetime, entry: str = "", form: Form = EMPTY
) -> Done:
    """
    Begin a matter by hand and draft its first act from what it is about; the affair itself is not touched.

    Raises: what `open_by_hand` refuses.
    """
    with one_act():
        done = open_by_hand(key, title, by=by, now=now, entry=entry, form=form)
        if done.again:
            return done
        Link.objects.create(from_uid=done.matter, to_uid=affair.uid, kind=LinkKind.ABOUT)
        mechanism = catalogue.mechanism(key)
        move, values = first_form(mechanism, mechanism.entry(done.state), affair)
        if move:
            save_draft(done.matter, move, by=by, now=now, form=Form(values=values))
        return done

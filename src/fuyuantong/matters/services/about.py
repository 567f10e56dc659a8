"""Beginning a matter about another affair: bound to it, its first form filled in from it as a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from fuyuantong import catalogue
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done, open_by_hand
from fuyuantong.matters.services.forms import EMPTY, Form
from fuyuantong.matters.services.inner import save_draft
from fuyuantong.matters.session import one_act
from fuyuantong.protocol import Choice, Entry, Final, Json, Mechanism, Move, Organs, Prefill


@dataclass(frozen=True, slots=True)
class Affair:
    """
    What a new matter is about.

    Shape: `uid` is that of a matter, of a task or of a warning, none where nothing is to be linked; `holder` is the code
    of the organ that has to act on it, empty when nobody has; `standing` says by which period, since when, until when
    and how much overdue. `facts` is what else is known of it; of what is no matter, all.
    """

    uid: UUID | None
    title: str
    holder: str = ""
    standing: str = ""
    facts: Mapping[Prefill, Json] = field(default_factory=dict)

    @property
    def known(self) -> Mapping[Prefill, Json]:
        """Return what may stand in the first form."""
        told = {Prefill.TITLE: self.title, Prefill.HOLDER: self.holder, Prefill.STANDING: self.standing}
        return self.facts or told


def takes_affair(mechanism: Mechanism, affair: Affair) -> bool:
    """Tell whether a matter of that mechanism can be begun about another affair."""
    return any(takes(mechanism, anchor) for anchor, value in affair.known.items() if value)


def takes_overdue(mechanism: Mechanism) -> bool:
    """Tell whether a matter of that mechanism can be begun about what somebody lets become overdue."""
    return any(takes(mechanism, anchor) for anchor in (Prefill.TITLE, Prefill.HOLDER, Prefill.STANDING))


def takes(mechanism: Mechanism, anchor: Prefill) -> bool:
    """Tell whether the first form of that mechanism has a place for something."""
    return anchor in places_of(mechanism)


def places_of(mechanism: Mechanism) -> dict[Prefill, str]:
    """Return which field of that mechanism has a place for what."""
    return {found.prefill: found.key for found in mechanism.fields if found.prefill}


def first_form(mechanism: Mechanism, entry: Entry, affair: Affair) -> tuple[str, dict[str, Json]]:
    """Return the move of the entry that asks what the affair can fill in, and these values; "" where none does."""
    state = mechanism.state(entry.state)
    moves: tuple[Move, ...] = () if isinstance(state, Final) else state.moves
    known = affair.known
    filled: dict[str, Json] = {}
    for found in mechanism.fields:
        value = known.get(found.prefill) if found.prefill else None
        if value and not (isinstance(found, Choice) and value not in found.options):
            filled[found.key] = [value] if isinstance(found, Organs) else value
    for move in moves:
        values: dict[str, Json] = {key: filled[key] for key in (*move.asks, *move.may_ask) if key in filled}
        if values:
            return move.key, values
    return "", {}


def open_about(
    affair: Affair,
    key: str,
    title: str,
    *,
    by: By,
    now: datetime,
    entry: str = "",
    form: Form = EMPTY,
    provenance: Provenance = Provenance.LIVE,
) -> Done:
    """
    Begin a matter by hand and draft its first act from what it is about; the affair itself is not touched.

    Raises: what `open_by_hand` refuses.
    """
    with one_act():
        done = open_by_hand(key, title, by=by, now=now, entry=entry, form=form, provenance=provenance)
        if done.again:
            return done
        if affair.uid:
            Link.objects.create(from_uid=done.matter, to_uid=affair.uid, kind=LinkKind.ABOUT)
        mechanism = catalogue.mechanism(key)
        move, values = first_form(mechanism, mechanism.entry(done.state), affair)
        if move:
            save_draft(done.matter, move, by=by, now=now, form=Form(values=values))
        return done

"""Inside the own organ: who handles the matter, which drafts there are, and what waits for a signature."""

from dataclasses import dataclass
from datetime import datetime

from fuyuantong.desk.matters.subject import Subject
from fuyuantong.desk.matters.values import Shown, values_of
from fuyuantong.matters.console.labels import INNER_TITLES, act_title
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.actors import MAY_ACT, MAY_SIGN
from fuyuantong.matters.services.chains import MAY_REVIEW, chain_of, words_of
from fuyuantong.matters.services.inner import InnerKind
from fuyuantong.organs.models import Account, Tenure

DECIDED = (InnerKind.PROPOSED, InnerKind.RETURNED, InnerKind.APPROVED)


@dataclass(frozen=True)
class Proposal:
    """A move that waits for a signature."""

    title: str
    person: str
    at: datetime
    values: list[Shown]
    chain: str
    may_sign: bool
    may_review: bool
    may_return: bool


@dataclass(frozen=True)
class Step:
    """One act inside the organ."""

    seq: int
    title: str
    person: str
    at: datetime
    note: str
    values: list[Shown]


@dataclass(frozen=True)
class Inside:
    """What the own organ sees of its own work on the matter."""

    handler: str
    colleagues: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    proposal: Proposal | None
    returned: str


def inside_of(subject: Subject) -> Inside:
    """Return the own organ's work on the matter; of other organs nothing is known here."""
    own = subject.own.id if subject.own else 0
    records = [record for record in subject.inner if record.organ_id == own]
    usernames = {record.account for record in records} | {str(record.values.get("handler")) for record in records}
    people = dict(Account.objects.filter(username__in=usernames).values_list("username", "display_name"))
    assigned = [record for record in records if record.kind == InnerKind.ASSIGNED]
    handler = str(assigned[-1].values.get("handler", "")) if assigned else ""
    waits = _last_decided(subject, records)
    return Inside(
        handler=people.get(handler, handler),
        colleagues=tuple(_colleagues(subject)),
        steps=tuple(_step(subject, record, people) for record in reversed(records)),
        proposal=_proposal(subject, waits, people) if waits and waits.kind == InnerKind.PROPOSED else None,
        returned=str(waits.values.get("reason", "")) if waits and waits.kind == InnerKind.RETURNED else "",
    )


def _last_decided(subject: Subject, records: list[InnerRecord]) -> InnerRecord | None:
    found = [record for record in records if record.kind in DECIDED]
    if not found:
        return None
    proposed = [record for record in found if record.kind == InnerKind.PROPOSED]
    of_this_stay = proposed and proposed[-1].values.get("stay") == subject.situation.stay_seq
    return found[-1] if of_this_stay else None


def _proposal(subject: Subject, record: InnerRecord, people: dict[str, str]) -> Proposal:
    values = record.values.get("values")
    chain = chain_of(record.organ, subject.page.matter.mechanism, str(record.values.get("move")))
    passed = [one for one in subject.inner if one.kind == InnerKind.REVIEWED and one.organ_id == record.organ_id]
    left = chain[len([one for one in passed if one.seq > record.seq]) :]
    return Proposal(
        title=act_title(subject.mechanism, "move", str(record.values.get("move")), subject.situation.state),
        person=people.get(record.account, record.account),
        at=record.recorded_at,
        values=values_of(subject, values if isinstance(values, dict) else {}),
        chain=words_of(chain),
        may_sign=len(left) < 2 and subject.may(left or MAY_SIGN),
        may_review=len(left) > 1 and subject.may(left[:1]),
        may_return=subject.may(MAY_REVIEW),
    )


def _step(subject: Subject, record: InnerRecord, people: dict[str, str]) -> Step:
    handler = str(record.values.get("handler", ""))
    note = (
        f"交 {people.get(handler, handler)} 办理"
        if handler
        else str(record.values.get("reason") or record.values.get("title") or "")
    )
    title = INNER_TITLES.get(InnerKind(record.kind), record.kind)
    values = record.values.get("values")
    shown = values_of(subject, values) if isinstance(values, dict) else []
    return Step(record.seq, title, people.get(record.account, record.account), record.recorded_at, note, shown)


def _colleagues(subject: Subject) -> list[tuple[str, str]]:
    """Return the accounts of the own organ that may handle a matter, each once."""
    if subject.own is None:
        return []
    held = Tenure.objects.filter(
        post__organ_id=subject.own.id, post_kind__in=MAY_ACT, valid__contains=subject.visit.now, account__is_active=True
    )
    people = held.order_by("account__display_name").values_list("account__username", "account__display_name")
    return list(dict.fromkeys(people))

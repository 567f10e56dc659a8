"""What matters find of heads in court goes into the register: with the matter that told it, and after its commit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from fuyuantong import catalogue
from fuyuantong.docket.appearances import FINDINGS_BY_WORDS, Finding
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.named_row import NamedRow
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.about import places_of
from fuyuantong.matters.services.rounds import each, one_by_one
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account
from fuyuantong.protocol import Mechanism, Prefill, Tells
from fuyuantong.protocol.registers import COURT_CASE, case_key
from fuyuantong.registers.cases.models.case import Appearance, CaseEvent, CourtCase, Defendant, Hearing
from fuyuantong.registers.cases.models.telling import Heard
from fuyuantong.registers.cases.taking import wait_for_turn

HEAD_ITSELF = "正职"


@dataclass(frozen=True, slots=True)
class Told:
    """What one record of a matter says of one organ's head at one hearing."""

    record: Record
    case: str
    organ: str
    heard_on: date
    finding: Finding


def listen(*, now: datetime) -> int:
    """
    Take over what matters have said of hearings since the last round, each once. Shape: of how many matters.

    What fails for one is logged, and tried again in the next round.
    """
    telling = [key for key, found in catalogue.MECHANISMS.items() if _keys(found).get(Tells.FINDING)]
    heard = Heard.objects.filter(matter_id=OuterRef("pk"), seq__gte=OuterRef("seq"))
    known = CourtCase.objects.filter(number_key=OuterRef("key"))
    named = NamedRow.objects.filter(Exists(known), matter=OuterRef("pk"), register=COURT_CASE)
    fresh = Matter.objects.filter(Exists(named), ~Exists(heard), mechanism__in=telling)
    return each(one_by_one(fresh), lambda row: _listen_to(row, now=now))


@transaction.atomic
def _listen_to(row: Matter, *, now: datetime) -> bool:
    with acting():
        wait_for_turn()
        since = Heard.objects.filter(pk=row.pk).values_list("seq", flat=True).first() or 0
        records = list(Record.objects.filter(matter=row, seq__lte=row.seq).order_by("seq"))
        for told in _told(catalogue.MECHANISMS[row.mechanism], records):
            if told.record.seq > since:
                _enter(told, row, now=now)
        Heard.objects.update_or_create(pk=row.pk, defaults={"seq": row.seq})
    return True


def _keys(mechanism: Mechanism) -> dict[Prefill | Tells, str]:
    told = {found.tells: found.key for found in mechanism.fields if found.tells}
    return {**places_of(mechanism), **told}


def _told(mechanism: Mechanism, records: list[Record]) -> Iterator[Told]:
    """Yield each finding as it was when it was said: a matter may go on to the next hearing."""
    keys, values = _keys(mechanism), dict[str, Any]()
    for record in records:
        values |= record.values
        if keys[Tells.FINDING] in record.values:
            yield Told(
                record,
                case_key(values[keys[Prefill.CASE]]),
                values[keys[Prefill.SUED]],
                date.fromisoformat(values[keys[Prefill.HEARD]]),
                _finding(values, keys),
            )


def _finding(values: Mapping[str, Any], keys: Mapping[Prefill | Tells, str]) -> Finding:
    found = FINDINGS_BY_WORDS[values[keys[Tells.FINDING]]]
    came_itself = values.get(keys.get(Tells.RANK, "")) == HEAD_ITSELF
    return Finding.PRINCIPAL if found is Finding.APPEARED and came_itself else found


def _enter(told: Told, row: Matter, *, now: datetime) -> None:
    """Write a finding beside its hearing, if this court feeds the case and the organ is sued there."""
    case = CourtCase.objects.filter(number_key=told.case, keeper=row.initiator_id).first()
    sued = Defendant.objects.filter(case=case, organ__code=told.organ).first()
    if case is None or sued is None:
        return
    before = CaseEvent.objects.get(case=case, seq=case.seq).said
    Hearing.objects.get_or_create(case=case, heard_on=told.heard_on)
    Appearance.objects.filter(case=case, heard_on=told.heard_on, place=sued.place).delete()
    Appearance.objects.create(case=case, heard_on=told.heard_on, place=sued.place, finding=told.finding.value)
    spot = f"{told.heard_on.isoformat()} {sued.place}"
    said = {**before, **_heads(case), "told": {**before.get("told", {}), spot: told.finding.value}}
    CourtCase.objects.filter(pk=case.pk).update(seq=F("seq") + 1, fed_at=now)
    CaseEvent.objects.create(
        case=case,
        seq=case.seq + 1,
        kind="told",
        account=Account.objects.get(username=told.record.account),
        organ_id=case.keeper_id,
        at=now,
        said=said,
        changes={key: [before.get(key), said[key]] for key in ("hearings", "heads") if before.get(key) != said[key]},
        source=row.title,
        source_digest=bytes(told.record.digest).hex(),
        source_row=told.record.seq,
        matter_uid=row.uid,
    )


def _heads(case: CourtCase) -> dict[str, Any]:
    """Return hearings and findings of a case as a statement says them, hearing by hearing, defendant by defendant."""
    days = list(Hearing.objects.filter(case=case).order_by("heard_on").values_list("heard_on", flat=True))
    places = list(Defendant.objects.filter(case=case).order_by("place").values_list("place", flat=True))
    found = {(one.heard_on, one.place): one.finding for one in Appearance.objects.filter(case=case)}
    return {
        "hearings": [day.isoformat() for day in days],
        "heads": [[found.get((day, place)) for place in places] for day in days],
    }

"""What matters say of cases goes into the register: heads in court and answers, with the matter that told, after its commit."""

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

Said = dict[str, Any]
Keys = Mapping[Prefill | Tells, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What one record of a matter says of one organ's head at one hearing."""

    record: Record
    case: str
    organ: str
    heard_on: date
    finding: Finding

    def write(self, sued: Defendant, before: Said) -> Said:
        """Write it beside its hearing and return what the case then says."""
        case, day = sued.case, self.heard_on
        Hearing.objects.get_or_create(case=case, heard_on=day)
        Appearance.objects.filter(case=case, heard_on=day, place=sued.place).delete()
        Appearance.objects.create(case=case, heard_on=day, place=sued.place, finding=self.finding.value)
        told = {**before.get("told", {}), f"{day.isoformat()} {sued.place}": self.finding.value}
        return {**before, **_heads(case), "told": told}


@dataclass(frozen=True, slots=True)
class Answered:
    """That an organ sued has answered, as one record of its matter says."""

    record: Record
    case: str
    organ: str

    def write(self, sued: Defendant, before: Said) -> Said:
        """Write the day beside the defendant, where the court has told none, and return what the case then says."""
        if sued.answered_on is not None:
            return before
        sued.answered_on = self.record.effective_on
        Defendant.objects.filter(case=sued.case, place=sued.place).delete()
        sued.save(force_insert=True)
        days = Defendant.objects.filter(case=sued.case).order_by("place").values_list("answered_on", flat=True)
        told = {**before.get("told_answers", {}), str(sued.place): self.record.effective_on.isoformat()}
        return {**before, "answered": [day and day.isoformat() for day in days], "told_answers": told}


def listen(*, now: datetime) -> int:
    """
    Take over what matters have said of cases since the last round, each once. Shape: of how many matters.

    What fails for one is logged, and tried again in the next round.
    """
    telling = [key for key, one in catalogue.MECHANISMS.items() if any(found.tells for found in one.fields)]
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


def _told(mechanism: Mechanism, records: list[Record]) -> Iterator[Found | Answered]:
    """Yield each thing told as it was when it was said: a matter may go on to the next hearing."""
    keys: Keys = {**places_of(mechanism), **{found.tells: found.key for found in mechanism.fields if found.tells}}
    values: Said = {}
    for record in records:
        values |= record.values
        if keys.get(Tells.ANSWER) in record.values:
            yield Answered(record, case_key(values[keys[Prefill.CASE]]), record.on_behalf_of or record.organ)
        if keys.get(Tells.FINDING) in record.values:
            yield Found(
                record,
                case_key(values[keys[Prefill.CASE]]),
                values[keys[Prefill.SUED]],
                date.fromisoformat(values[keys[Prefill.HEARD]]),
                _finding(values, keys),
            )


def _finding(values: Said, keys: Keys) -> Finding:
    found = FINDINGS_BY_WORDS[values[keys[Tells.FINDING]]]
    came_itself = values.get(keys.get(Tells.RANK, "")) == HEAD_ITSELF
    return Finding.PRINCIPAL if found is Finding.APPEARED and came_itself else found


def _enter(told: Found | Answered, row: Matter, *, now: datetime) -> None:
    """Write what was told into a case in which the organ is sued; of a head only the court tells that feeds the case."""
    sued = Defendant.objects.select_related("case", "organ").filter(case__number_key=told.case, organ__code=told.organ)
    found = (sued.filter(case__keeper=row.initiator_id) if isinstance(told, Found) else sued).first()
    if found is None:
        return
    case = found.case
    before = CaseEvent.objects.get(case=case, seq=case.seq).said
    said = told.write(found, before)
    if said == before:
        return
    CourtCase.objects.filter(pk=case.pk).update(seq=F("seq") + 1, fed_at=now)
    CaseEvent.objects.create(
        case=case,
        seq=case.seq + 1,
        kind="told",
        account=Account.objects.get(username=told.record.account),
        organ_id=case.keeper_id if isinstance(told, Found) else found.organ_id,
        at=now,
        said=said,
        changes={
            key: [before.get(key), said.get(key)]
            for key in ("answered", "hearings", "heads")
            if before.get(key) != said.get(key)
        },
        source=row.title,
        source_digest=bytes(told.record.digest).hex(),
        source_row=told.record.seq,
        matter_uid=row.uid,
    )


def _heads(case: CourtCase) -> Said:
    """Return hearings and findings of a case as a statement says them, hearing by hearing, defendant by defendant."""
    days = list(Hearing.objects.filter(case=case).order_by("heard_on").values_list("heard_on", flat=True))
    places = list(Defendant.objects.filter(case=case).order_by("place").values_list("place", flat=True))
    found = {(one.heard_on, one.place): one.finding for one in Appearance.objects.filter(case=case)}
    return {
        "hearings": [day.isoformat() for day in days],
        "heads": [[found.get((day, place)) for place in places] for day in days],
    }

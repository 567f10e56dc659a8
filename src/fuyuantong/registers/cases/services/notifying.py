"""Beginning the notice of a hearing for one organ sued: once for each, with all that the register knows."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from fuyuantong import catalogue
from fuyuantong.matters.models.matter import Matter, Phase, Provenance
from fuyuantong.matters.models.named_row import NamedRow
from fuyuantong.matters.services.about import open_about, places_of, takes
from fuyuantong.matters.services.actors import By, today
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.session import one_act
from fuyuantong.protocol import Closing, Mechanism, Prefill
from fuyuantong.protocol.registers import COURT_CASE, REGISTERS
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.affairs import affair_of_case
from fuyuantong.registers.cases.models.case import CourtCase, Defendant, Hearing
from fuyuantong.registers.cases.models.telling import HearingNotice
from fuyuantong.registers.cases.queries import WholeCase, case_by_id
from fuyuantong.registers.cases.services.feeding import court_of
from fuyuantong.registers.cases.standing import PENDING, standing_of

# begun and called off again is no notice
CALLED_OFF: Final = Closing.WITHDRAWN.value


class NoSuchHearing(Refusal):
    """A hearing that the register does not have, is over, or is another court's."""

    key = "no-such-hearing"
    title = "没有这次开庭"


class AlreadyNotified(Refusal):
    """A second notice for the same organ and hearing; `first` is the matter that there is."""

    key = "already-notified"
    title = "已经就这次开庭立项"

    def __init__(self, detail: str, *, first: UUID) -> None:
        super().__init__(detail, remedy="请在已有的事项中办理，链接见该次开庭。", field="hearing")
        self.first = first


@dataclass(frozen=True, slots=True)
class Spot:
    """One defendant, by its place, at one hearing of a case."""

    case: int
    heard_on: date
    place: int


def takes_hearings(mechanism: Mechanism) -> bool:
    """Tell whether a matter of that mechanism is begun for one organ sued at one hearing."""
    return takes(mechanism, Prefill.HEARD) and takes(mechanism, Prefill.SUED)


def notify_hearing(
    spot: Spot, key: str, *, by: By, now: datetime, entry: str = "", provenance: Provenance = Provenance.LIVE
) -> Done:
    """
    Begin a matter for a hearing and an organ sued, its first form drafted from the register.

    Raises: `NotACourt`, `NoSuchHearing`, `AlreadyNotified`, and what `open_by_hand` refuses.
    """
    court = court_of(by, now)
    with one_act():
        # two at once would both find none
        held = CourtCase.objects.select_for_update(of=("self",)).filter(pk=spot.case, keeper=court).first()
        heard = Hearing.objects.filter(case=held, heard_on=spot.heard_on, heard_on__gte=today(now)).exists()
        sued = Defendant.objects.select_related("organ").filter(case=held, place=spot.place).first()
        if held and (stands := standing_of(held)).standing != PENDING:
            title = REGISTERS[COURT_CASE].standings[stands.standing]
            raise NoSuchHearing(f"{held.number}{title}，不再开庭", remedy="请从待开庭列表重新选择。")
        if held is None or not heard or sued is None:
            raise NoSuchHearing(f"没有 {spot.heard_on} 将开的庭，或者由另一法院登记", remedy="请从待开庭列表重新选择。")
        if sued.organ is None:
            raise NoSuchHearing(
                f"“{sued.name}”未对应到单位，系统送不到",
                remedy="名录中有这个单位的，请更正案件中被告的名称；外地单位请另行书面通知。",
            )
        mechanism = catalogue.mechanism(key)
        _require_first(held, sued, spot, mechanism)
        affair = affair_of_case(_of(case_by_id(held.pk), sued), own=sued.organ.pk, today=today(now))
        affair = replace(affair, facts={**affair.facts, Prefill.HEARD: spot.heard_on.isoformat()})
        title = f"{held.number}{sued.name}（{spot.heard_on} 开庭）"
        done = open_about(affair, key, title, by=by, now=now, entry=entry, provenance=provenance)
        HearingNotice.objects.create(
            case=held, heard_on=spot.heard_on, place=spot.place, mechanism=key, matter_uid=done.matter
        )
        return done


def _of(whole: WholeCase, sued: Defendant) -> WholeCase:
    """Return the case as it is for one of the organs sued."""
    return replace(whole, defendants=(sued,))


def _require_first(case: CourtCase, sued: Defendant, spot: Spot, mechanism: Mechanism) -> None:
    begun = HearingNotice.objects.filter(
        case=case, heard_on=spot.heard_on, place=spot.place, mechanism=mechanism.key
    ).values("matter_uid")
    found = Matter.objects.filter(uid__in=begun).exclude(closed_kind=CALLED_OFF).order_by("pk").first()
    found = found or _by_hand(case, sued, spot, mechanism)
    if found:
        standing = "在办" if found.phase == Phase.OPEN else "已办结"
        raise AlreadyNotified(f"“{found.title}”{standing}", first=found.uid)


def _by_hand(case: CourtCase, sued: Defendant, spot: Spot, mechanism: Mechanism) -> Matter | None:
    """Return the matter of the same organ and day that somebody has begun without the register."""
    key_of = places_of(mechanism)
    naming = NamedRow.objects.filter(register=COURT_CASE, key=case.number_key).values("matter_id")
    said = {
        f"values__{key_of[Prefill.HEARD]}": spot.heard_on.isoformat(),
        f"values__{key_of[Prefill.SUED]}": sued.organ.code if sued.organ else "",
    }
    same = Matter.objects.filter(pk__in=naming, mechanism=mechanism.key, **said)
    return same.exclude(closed_kind=CALLED_OFF).order_by("pk").first()

"""类案预警: found once by the worker, decided once by a person of the court: a matter is begun about it, or none is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from fuyuantong.docket.similar import RULES
from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.services.about import Affair, open_about, takes
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.organs.models import Organ
from fuyuantong.protocol import Mechanism, Prefill
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.models.sight import KeeperSight
from fuyuantong.registers.cases.models.warning import CaseWarning
from fuyuantong.registers.cases.services.feeding import court_of
from fuyuantong.registers.cases.similar import grown_many

LONGEST_REASON: Final = 500
MOST_NUMBERS: Final = 20


class NoSuchWarning(Refusal):
    """Say that there is no such warning of this court, or that it was decided."""

    key = "no-such-warning"
    title = "没有这条待处理的类案预警"


class BadReason(Refusal):
    """A warning that is let be without a reason."""

    key = "bad-reason"
    title = "须写明理由"


def find_warnings(*, now: datetime) -> int:
    """Look through the register of every court; shape: how many warnings are new."""
    with one_act():
        courts = Organ.objects.filter(pk__in=KeeperSight.objects.values("keeper_id")).order_by("pk")
        return sum(grown_many(court, now=now) for court in courts)


def takes_warnings(mechanism: Mechanism) -> bool:
    """Tell whether a matter of that mechanism can be begun about similar cases."""
    return takes(mechanism, Prefill.SIMILAR)


def begin_from_warning(
    pk: UUID,
    key: str,
    title: str,
    *,
    entry: str,
    by: By,
    now: datetime,
    provenance: Provenance = Provenance.LIVE,
) -> Done:
    """
    Begin a matter about similar cases, its first form drafted with the organ and the cases.

    Raises: `NotACourt`, `NoPost`, `NoSuchWarning`, and what `open_by_hand` refuses.
    """
    court = court_of(by, now)
    with one_act():
        found = _undecided(pk, court)
        facts = {Prefill.SIMILAR: in_words(found), Prefill.SUED: found.organ.code if found.organ else ""}
        affair = Affair(found.pk, title, facts=facts)
        done = open_about(affair, key, title, by=by, now=now, entry=entry, provenance=provenance)
        _decide(found, by=by, now=now, matter=UUID(done.matter))
        return done


def dismiss_warning(pk: UUID, reason: str, *, by: By, now: datetime) -> None:
    """Let a warning be, with the reason. Raises: `NotACourt`, `NoPost`, `NoSuchWarning`, `BadReason`."""
    words = said(reason, longest=LONGEST_REASON, refusal=BadReason, field="reason")
    court = court_of(by, now)
    with one_act():
        _decide(_undecided(pk, court), by=by, now=now, reason=words)


def in_words(found: CaseWarning) -> str:
    """Return the cases of a warning as a suggestion names them."""
    numbers = _numbers(found.cases)
    more = "等" if found.n > len(numbers) else ""
    about = found.cause or found.act_kind or "行政"
    lost = "败诉" if RULES[found.rule].lost else ""
    return f"{found.first_on}至{found.last_on}{about}{lost}案件{found.n}件：{'、'.join(numbers)}{more}"


def _numbers(ids: Sequence[int]) -> list[str]:
    latest = CourtCase.objects.filter(pk__in=ids).order_by("-sort_on", "number_key")
    return list(latest.values_list("number", flat=True)[:MOST_NUMBERS])


def _undecided(pk: UUID, court: Organ) -> CaseWarning:
    held = CaseWarning.objects.select_for_update(of=("self",)).select_related("organ")
    found = held.filter(pk=pk, keeper=court, decided_at=None).first()
    if found is None:
        raise NoSuchWarning("可能已由同事处理", remedy="请从类案预警进入。")
    return found


def _decide(found: CaseWarning, *, by: By, now: datetime, matter: UUID | None = None, reason: str = "") -> None:
    CaseWarning.objects.filter(pk=found.pk).update(decided_at=now, account=by.account, matter=matter, reason=reason)

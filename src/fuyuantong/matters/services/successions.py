"""Organs that ended: in every open matter their principal successor takes their place, by a record."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.party import COPIED, Party
from fuyuantong.matters.services.actors import today
from fuyuantong.matters.services.acts import Done
from fuyuantong.matters.services.engine_records import Drafted, write
from fuyuantong.matters.services.rounds import each, one_by_one
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Succession
from fuyuantong.organs.vocabulary import SuccessionKind
from fuyuantong.protocol.amendments import succeed

_WORDS = {SuccessionKind.MERGED: "{} 自 {} 起并入 {}", SuccessionKind.SPLIT: "{} 自 {} 起分立，主要职责由 {} 承继"}


def follow_successions(*, now: datetime) -> int:
    """
    Put principal successors in the place of ended organs, oldest first; closed matters keep whom they had.

    Shape: how many records were written. Who was only copied keeps what it was shown: its heir sees that anyway.
    """
    return sum(each(one_by_one(_matters_of(step)), _following(step, now=now)) for step in steps_until(today(now)))


def steps_until(day: date) -> list[Succession]:
    """Return the principal successions that have taken effect by a day, oldest first."""
    with transaction.atomic(), acting():
        steps = Succession.objects.filter(principal=True, effective_on__lte=day)
        return list(steps.select_related("predecessor", "successor").order_by("effective_on", "id"))


def _matters_of(step: Succession) -> QuerySet[Matter]:
    parts = Party.objects.filter(matter=OuterRef("pk"), organ=step.predecessor, until_seq=None).exclude(role=COPIED)
    return Matter.objects.filter(Exists(parts), phase=Phase.OPEN).only("uid")


def _following(step: Succession, *, now: datetime) -> Callable[[Matter], Done | None]:
    def draft(standing: Standing, world: DatabaseWorld) -> Drafted | None:
        situation = standing.situation
        found = succeed(
            situation,
            old=step.predecessor.code,
            new=step.successor.code,
            on=max(step.effective_on, situation.stay_on or step.effective_on),
            directory_version=world.directory_version,
        )
        return Drafted(found, _basis(step)) if found else None

    return lambda row: write(str(row.uid), draft, now=now)


def _basis(step: Succession) -> str:
    words = _WORDS[SuccessionKind(step.kind)]
    what = words.format(step.predecessor.code, step.effective_on, step.successor.code)
    return f"机构名录第 {step.change_id} 号变更：{what}"

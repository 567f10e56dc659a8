"""Problems that recur in the demo county: who began a matter finds that it raises again what was closed before."""

from datetime import datetime
from itertools import islice
from random import Random
from typing import Final

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.recurrences import formers, recurs_of
from fuyuantong.matters.rehearsal.cast import Cast
from fuyuantong.matters.services.recurrence import judge_recurrence
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.sight import reader_of, reading

MOST_LOOKED_AT: Final = 60
MOST_FOUND: Final = 6


def find_recurrences(region: str, *, random: Random, now: datetime) -> int:
    """
    Let the organs say of some matters that they raise an earlier problem again; the latest waits to be looked at.

    Shape: how many were said to.
    """
    cast = Cast.of(region, random=random)
    kin = {row.mechanism for row in Matter.objects.distinct("mechanism") if recurs_of(row.mechanism)}
    rows = Matter.objects.filter(mechanism__in=kin, parent=None).select_related("initiator").order_by("-pk")
    found = (pair for row in rows[:MOST_LOOKED_AT] if (pair := _first(cast, row, now)))
    done = 0
    for row, former in islice(found, 1, MOST_FOUND):
        by = cast.by(row.initiator.code, situation_of(row), signs=False)
        judge_recurrence(str(row.uid), former.uid, is_same=True, by=by, now=now)
        done += 1
    return done


def _first(cast: Cast, row: Matter, now: datetime) -> tuple[Matter, Matter] | None:
    person = cast.person(row.initiator.code, signs=False)
    if person is None:
        return None
    with reading(reader_of(person.account, at=now)) as reader:
        near = formers(reader, row, row.values, on=now.astimezone(SHANGHAI).date())
    return (row, near[0].matter) if near else None

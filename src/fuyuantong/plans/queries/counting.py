"""Counting what happened, for a whole list of due items in one statement; the figures show no matter to anybody."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from django.db import connection

from fuyuantong.matters.session import acting
from fuyuantong.matters.training import TRAINING
from fuyuantong.organs.models import Succession
from fuyuantong.plans.evidence import Counted, Query, Whose
from fuyuantong.plans.progress import Tally

MOST_LISTED: Final = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """
    What is to be counted for one due item: whose, of what, in which days; `organs` are as `lineage` gives them.

    `own`: the id of the matter that was opened for it; then that one alone, as it stands.
    """

    id: int
    mechanism: str
    endings: tuple[str, ...]
    states: tuple[str, ...]
    organs: tuple[int, ...]
    everyones: bool
    region: str
    role: str
    field: str
    value: str
    starts_on: date
    ends_on: date
    share: bool
    own: int | None = None


def demand(
    key: int,
    query: Query,
    counted: Counted,
    *,
    organs: Sequence[int],
    region: str,
    starts_on: date,
    ends_on: date,
    own: int | None = None,
) -> Demand:
    """Return what a query asks to be counted, for organs of a region in some days."""
    return Demand(
        id=key,
        mechanism=counted.key,
        endings=counted.endings,
        states=counted.states,
        organs=tuple(organs),
        everyones=query.whose is Whose.REGION,
        region=region,
        role=query.role,
        field=query.field,
        value=query.value,
        starts_on=starts_on,
        ends_on=ends_on,
        share=query.percent is not None and own is None,
        own=own,
    )


def tallies(demands: Iterable[Demand]) -> dict[int, Tally]:
    """
    Return, by the ids of demands, how many matters there are.

    They are counted as the engine sees them, whoever asks: a count names none.
    """
    asked = [asdict(one) for one in demands]
    if not asked:
        return {}
    with acting(), connection.cursor() as cursor:
        cursor.execute(_TALLIES, {"demands": json.dumps(asked, default=date.isoformat), "drills": TRAINING})
        return {key: Tally(found=found, fell_due=due, in_time=early) for key, found, due, early in cursor.fetchall()}


def matters_counted(one: Demand) -> list[int]:
    """Return the ids of the matters that were counted, the latest first; who may see which is for the caller to ask."""
    with acting(), connection.cursor() as cursor:
        demands = json.dumps([asdict(one)], default=date.isoformat)
        cursor.execute(_LISTED, {"demands": demands, "drills": TRAINING, "most": MOST_LISTED})
        return [matter for (matter,) in cursor.fetchall()]


def lineages(organs: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return, for ids of organs, theirs and those of the organs whose principal successors they are."""
    wanted, before = set(organs), dict[int, list[int]]()
    if not wanted:
        return {}
    for old, new in Succession.objects.filter(principal=True).values_list("predecessor_id", "successor_id"):
        before.setdefault(new, []).append(old)
    return {organ: _with_predecessors(organ, before) for organ in wanted}


def _with_predecessors(organ: int, before: dict[int, list[int]]) -> tuple[int, ...]:
    return (organ, *(found for old in before.get(organ, ()) for found in _with_predecessors(old, before)))


_DEMANDS: Final = """
    jsonb_to_recordset(%(demands)s) AS demand(
        id bigint, mechanism text, endings text[], states text[], organs bigint[], everyones boolean, region text,
        role text, field text, value text, starts_on date, ends_on date, share boolean,
        own bigint
    )
"""

# one's own matters are found by their parties, everyone's by their mechanism; drills count in a training county alone
_MATTERS: Final = """
    SELECT matter.id, matter.state, matter.phase, (matter.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on
    FROM (
        SELECT demand.own AS id WHERE demand.own IS NOT NULL
        UNION
        SELECT party.matter_id AS id FROM party
        WHERE demand.own IS NULL AND NOT demand.everyones AND party.organ_id = ANY(demand.organs)
            AND (party.role = demand.role OR (demand.role = '' AND party.role NOT IN ('copied', 'inner')))
        UNION
        SELECT everyones.id FROM matter everyones
        WHERE demand.own IS NULL AND demand.everyones AND everyones.mechanism = demand.mechanism
            AND everyones.region_code LIKE demand.region || '%%'
    ) candidate
    JOIN matter ON matter.id = candidate.id
    WHERE matter.mechanism = demand.mechanism
        AND (matter.provenance <> 3 OR EXISTS (
            SELECT FROM place_setting WHERE place_setting.key = %(drills)s
                AND place_setting.region_code = matter.region_code))
        AND (demand.own IS NOT NULL OR demand.field = '' OR matter.values ->> demand.field = demand.value)
"""

# a return that was opened for an item has come in, or was given back since: how it stands tells, whenever that was
_HAPPENED: Final = """
    (demand.own IS NOT NULL AND found.state = ANY(demand.endings || demand.states))
    OR (demand.own IS NULL AND found.phase = 1 AND found.state = ANY(demand.endings)
        AND found.closed_on BETWEEN demand.starts_on AND demand.ends_on)
    OR (demand.own IS NULL AND cardinality(demand.states) > 0 AND EXISTS (
        SELECT FROM record WHERE record.matter_id = found.id AND record.to_state = ANY(demand.states)
            AND record.effective_on BETWEEN demand.starts_on AND demand.ends_on))
"""

_TALLIES: Final = f"""
    SELECT demand.id, tally.found, tally.fell_due, tally.in_time
    FROM {_DEMANDS} CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE {_HAPPENED}) AS found,
            count(*) FILTER (WHERE found.due_on BETWEEN demand.starts_on AND demand.ends_on) AS fell_due,
            count(*) FILTER (WHERE found.due_on BETWEEN demand.starts_on AND demand.ends_on
                AND found.phase = 1 AND found.state = ANY(demand.endings) AND found.closed_on <= found.due_on) AS in_time
        FROM (
            SELECT matters.*, CASE WHEN demand.share THEN
                (SELECT max(clock.due_on) FROM clock WHERE clock.matter_id = matters.id) END AS due_on
            FROM ({_MATTERS}) matters
        ) found
    ) tally
"""

_LISTED: Final = f"""
    SELECT found.id FROM {_DEMANDS} CROSS JOIN LATERAL ({_MATTERS}) found
    WHERE {_HAPPENED} ORDER BY found.closed_on DESC NULLS LAST, found.id DESC LIMIT %(most)s
"""

"""Writing who is a party, and with it who sees: only inside an act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Max

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.party import INNER, Party
from fuyuantong.matters.session import one_act
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import scopes_above_each

BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Joining:
    """An organ that takes a part from record `since_seq` on and is shown the records from `from_seq` on."""

    organ: Organ
    role: str
    since_seq: int
    from_seq: int = 1


def join_parties(matter_id: int, joinings: Iterable[Joining], *, on: date) -> None:
    """
    Make organs parties of a matter, and let everyone above them see it, by the directory of that day.

    Who already has that part keeps it as it is; an inner part shows the matter to the organ alone.
    """
    joined = list(joinings)
    Party.objects.bulk_create(
        (
            Party(matter_id=matter_id, organ=one.organ, role=one.role, since_seq=one.since_seq, from_seq=one.from_seq)
            for one in joined
        ),
        ignore_conflicts=True,
    )
    _grant(matter_id, joined, on=on)


def grant_sight(matter_id: int, *, organ: Organ, from_seq: int, on: date) -> None:
    """
    Let an organ and all scopes above it see a matter from a record on.

    Who sees more goes on seeing it; who saw only earlier records, which do not reach up to this one, sees these alone.
    """
    _grant(matter_id, [Joining(organ, "", from_seq, from_seq)], on=on)


def end_inner_parts(matter_id: int, *, until_seq: int, on: date) -> None:
    """End the parts of who worked on a matter inside, at the record that issues it: what they saw they go on seeing."""
    Party.objects.filter(matter_id=matter_id, role=INNER, until_seq__isnull=True).update(until_seq=until_seq)
    rebuild_sight(matter_id, on=on)


def end_party(matter_id: int, *, organ: Organ, role: str, until_seq: int, on: date) -> None:
    """
    End an organ's part in a role at a record.

    With its last part ended, it and the scopes above it that no other party gives keep what was shown until then
    and see the matter no more.
    Basis: core.md R13.
    """
    parts = Party.objects.filter(matter_id=matter_id, organ=organ, role=role, until_seq__isnull=True)
    parts.update(until_seq=until_seq)
    rebuild_sight(matter_id, on=on)


def rebuild_sight(matter_id: int, *, on: date) -> None:
    """Compute who sees a matter anew from its parties, after the end of a part."""
    organs = Organ.objects.filter(pk__in=Party.objects.filter(matter_id=matter_id).values("organ_id"))
    _rebuild(_above(organs, on=on), first=matter_id, last=matter_id)


def refresh_sight(*, on: date) -> int:
    """
    Bring sight in line with all parties and the directory of a day: after each change of the directory, and daily
    since relations begin and end on their days.

    Shape: how many rows were added, changed or taken away; each batch is an act of its own, again does no harm.
    """
    with one_act():
        above = _above(Organ.objects.all(), on=on)
        last = Matter.objects.aggregate(last=Max("pk"))["last"] or 0
    return sum(_rebuild_batch(above, first=first) for first in range(1, last + 1, BATCH))


def _above(organs: Iterable[Organ], *, on: date) -> tuple[list[int], list[int]]:
    pairs = scopes_above_each(organs, on=on)
    return [organ_id for organ_id, _ in pairs], [scope_id for _, scope_id in pairs]


def _grant(matter_id: int, joined: Sequence[Joining], *, on: date) -> None:
    organs, scopes = _above({one.organ.pk: one.organ for one in joined}.values(), on=on)
    values = {
        "matter": matter_id,
        "organs": organs,
        "scopes": scopes,
        "joined": [one.organ.pk for one in joined],
        "from": [one.from_seq for one in joined],
        "alone": [one.role == INNER for one in joined],
    }
    with connection.cursor() as cursor:
        cursor.execute(_GRANT, values)


def _rebuild_batch(above: tuple[list[int], list[int]], *, first: int) -> int:
    with one_act():
        with connection.cursor() as cursor:
            # an organ whose part ends at this moment must not be given back what it saw
            cursor.execute("LOCK TABLE sight IN SHARE ROW EXCLUSIVE MODE")
        return _rebuild(above, first=first, last=first + BATCH - 1)


def _rebuild(above: tuple[list[int], list[int]], *, first: int, last: int) -> int:
    organs, scopes = above
    with connection.cursor() as cursor:
        cursor.execute(_REBUILD, {"organs": organs, "scopes": scopes, "first": first, "last": last})
        (changed,) = cursor.fetchone()
    return changed


_GRANT = """
    INSERT INTO sight (scope_id, matter_id, from_seq)
    SELECT above.scope_id, %(matter)s, min(part.from_seq)
    FROM unnest(%(joined)s::bigint[], %(from)s::integer[], %(alone)s::boolean[]) AS part(organ_id, from_seq, alone)
    JOIN unnest(%(organs)s::bigint[], %(scopes)s::bigint[]) AS above(organ_id, scope_id) USING (organ_id)
    JOIN scope ON scope.id = above.scope_id
    WHERE scope.kind = 'organ' OR NOT part.alone
    GROUP BY above.scope_id
    ON CONFLICT (scope_id, matter_id) DO UPDATE
        SET until_seq = NULL, from_seq = CASE
            WHEN excluded.from_seq > sight.until_seq + 1 THEN excluded.from_seq
            ELSE least(sight.from_seq, excluded.from_seq)
        END
        WHERE sight.from_seq > excluded.from_seq OR sight.until_seq IS NOT NULL
"""

_REBUILD = """
    WITH above AS (
        SELECT * FROM unnest(%(organs)s::bigint[], %(scopes)s::bigint[]) AS pair(organ_id, scope_id)
    ), wanted AS (
        SELECT scope_id, matter_id, lower(latest) AS from_seq, upper(latest) - 1 AS until_seq
        FROM (
            SELECT above.scope_id, party.matter_id,
                range_agg(int4range(party.from_seq, party.until_seq, '[]')) AS shown
            FROM party JOIN above USING (organ_id) JOIN scope ON scope.id = above.scope_id
            WHERE party.matter_id BETWEEN %(first)s AND %(last)s
                AND (scope.kind = 'organ' OR party.role <> 'inner')
                AND party.from_seq <= coalesce(party.until_seq, party.from_seq)
            GROUP BY above.scope_id, party.matter_id
        ) AS stretches, LATERAL (
            SELECT latest FROM unnest(shown) AS latest ORDER BY latest DESC LIMIT 1
        ) AS last
    ), gone AS (
        DELETE FROM sight
        WHERE sight.matter_id BETWEEN %(first)s AND %(last)s AND NOT EXISTS (
            SELECT FROM wanted WHERE wanted.scope_id = sight.scope_id AND wanted.matter_id = sight.matter_id)
        RETURNING 1
    ), put AS (
        INSERT INTO sight (scope_id, matter_id, from_seq, until_seq) SELECT * FROM wanted
        ON CONFLICT (scope_id, matter_id) DO UPDATE SET from_seq = excluded.from_seq, until_seq = excluded.until_seq
        WHERE (sight.from_seq, sight.until_seq) IS DISTINCT FROM (excluded.from_seq, excluded.until_seq)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM put)
"""

"""Writing who is a party, and with it who sees: only inside an act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from fuyuantong.matters.models.party import Party, Sight
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import scopes_above


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

    Who already has that part keeps it as it is.
    """
    joined = list(joinings)
    Party.objects.bulk_create(
        (
            Party(matter_id=matter_id, organ=one.organ, role=one.role, since_seq=one.since_seq, from_seq=one.from_seq)
            for one in joined
        ),
        ignore_conflicts=True,
    )
    for organ, from_seq in _earliest(joined):
        grant_sight(matter_id, organ=organ, from_seq=from_seq, on=on)


def grant_sight(matter_id: int, *, organ: Organ, from_seq: int, on: date) -> None:
    """Let an organ and all scopes above it see a matter from a record on; who saw more goes on seeing more."""
    with connection.cursor() as cursor:
        cursor.execute(_GRANT, [matter_id, from_seq, scopes_above(organ, on=on)])


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
    """Compute who sees a matter anew from its parties, after the end of a part or a change of the directory."""
    spans: dict[int, tuple[int, int | None]] = {}
    for party in Party.objects.filter(matter_id=matter_id).select_related("organ"):
        for scope_id in scopes_above(party.organ, on=on):
            spans[scope_id] = _wider(spans.get(scope_id), (party.from_seq, party.until_seq))
    Sight.objects.filter(matter_id=matter_id).exclude(scope_id__in=spans).delete()
    Sight.objects.bulk_create(
        (
            Sight(scope_id=scope_id, matter_id=matter_id, from_seq=from_seq, until_seq=until_seq)
            for scope_id, (from_seq, until_seq) in spans.items()
        ),
        update_conflicts=True,
        unique_fields=["scope_id", "matter_id"],
        update_fields=["from_seq", "until_seq"],
    )


def _earliest(joined: Iterable[Joining]) -> Iterable[tuple[Organ, int]]:
    first: dict[int, tuple[Organ, int]] = {}
    for one in joined:
        _, from_seq = first.get(one.organ.pk, (one.organ, one.from_seq))
        first[one.organ.pk] = (one.organ, min(from_seq, one.from_seq))
    return first.values()


def _wider(known: tuple[int, int | None] | None, further: tuple[int, int | None]) -> tuple[int, int | None]:
    if known is None:
        return further
    open_ended = known[1] is None or further[1] is None
    return min(known[0], further[0]), None if open_ended else max(known[1] or 0, further[1] or 0)


_GRANT = """
    INSERT INTO sight (scope_id, matter_id, from_seq)
    SELECT scope_id, %s, %s FROM unnest(%s::bigint[]) AS scope_id
    ON CONFLICT (scope_id, matter_id) DO UPDATE
        SET from_seq = least(sight.from_seq, excluded.from_seq), until_seq = NULL
        WHERE sight.from_seq > excluded.from_seq OR sight.until_seq IS NOT NULL
"""

"""The directory log: every change of the directory gets the next version in the transaction that makes it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import connection
from django.db.models import Max

from fuyuantong.organs.models import Account, DirectoryChange, Organ
from fuyuantong.organs.vocabulary import ChangeKind

# One writer at a time: versions have no gaps and follow the order of commits, and checks cannot be overtaken.
_LOCK = 2260


def lock_directory() -> None:
    """Wait until no other transaction changes the directory, and keep others waiting until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def write_change(
    kind: ChangeKind,
    *,
    organ: Organ | None,
    detail: Mapping[str, object],
    effective_on: date,
    by: Account | None,
    now: datetime,
) -> DirectoryChange:
    """
    Append one entry under the next version; the directory is locked already.

    `by` is None when the installation itself acts (first load, before any account exists).
    """
    last = DirectoryChange.objects.aggregate(last=Max("version"))["last"] or 0
    return DirectoryChange.objects.create(
        version=last + 1,
        kind=kind,
        organ=organ,
        detail=dict(detail),
        effective_on=effective_on,
        recorded_at=now,
        by=by,
    )

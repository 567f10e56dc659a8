"""The directory log: every change of the directory gets the next version in the transaction that makes it."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import connection

from fuyuantong.organs.models import Account, DirectoryChange, Organ
from fuyuantong.organs.vocabulary import ChangeKind

# One writer at a time: versions have no gaps and follow the order of commits, and checks cannot be overtaken.
_LOCK = 2260
_NAMES = ("version", "kind", "organ_id", "detail", "effective_on", "recorded_at", "by_id")
_WRITE = f"""
    INSERT INTO directory_change ({", ".join(_NAMES)})
    SELECT coalesce(max(version), 0) + 1, %s::text, %s::bigint, %s::jsonb, %s::date, %s::timestamptz, %s::bigint
    FROM directory_change RETURNING version
"""


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
    told = (kind.value, organ and organ.pk, dict(detail), effective_on, now, by and by.pk)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [json.dumps(entry) if isinstance(entry, dict) else entry for entry in told])
        (version,) = cursor.fetchone()
    return DirectoryChange.from_db(connection.alias, _NAMES, (version, *told))

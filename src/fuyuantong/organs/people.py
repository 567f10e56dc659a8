"""Who serves in an organ at a moment, by own tenure or in cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Serving:
    """One account in one post of an organ; `covers` is the user name of who is covered, empty for an own tenure."""

    organ_id: int
    kind: str
    account_id: int
    username: str
    covers: str


def serving_in(organs: Iterable[int], *, at: datetime) -> list[Serving]:
    """
    Return who serves in organs at a moment, closed accounts left out.

    Shape: by organ, then by tenure; who is covered stands beside who covers.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SERVING, {"organs": sorted(set(organs)), "at": at})
        return [Serving(*row) for row in cursor.fetchall()]


_SERVING = """
    SELECT post.organ_id, post.kind, account.id, account.username, held.covers
    FROM post
    JOIN tenure ON tenure.post_id = post.id AND tenure.valid @> %(at)s::timestamptz
    CROSS JOIN LATERAL (
        SELECT tenure.account_id, '' AS covers
        UNION ALL
        SELECT cover.to_account, covered.username
        FROM cover JOIN account covered ON covered.id = tenure.account_id
        WHERE cover.from_tenure = tenure.id AND cover.valid @> %(at)s::timestamptz
    ) held
    JOIN account ON account.id = held.account_id AND account.is_active
    WHERE post.organ_id = ANY(%(organs)s::bigint[])
    ORDER BY post.organ_id, tenure.id, held.covers
"""

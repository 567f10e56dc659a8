"""What waits inside an organ for one person: matters handed to them, and proposals that want their post."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from fuyuantong.matters.ledger import LedgerRow
from fuyuantong.matters.ledger_query import COLUMNS
from fuyuantong.matters.sight import Reader

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Proposed:
    """A matter with a proposal: the move, and how many posts have passed it on."""

    row: LedgerRow
    move: str
    passed: int


def handed_to(reader: Reader, username: str, *, most: int = MOST) -> list[LedgerRow]:
    """Return the open matters that the reader's organs hold and have handed to an account, the next due first."""
    values = {"organs": list(reader.organs), "handler": username, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_HANDED, values)
        return [LedgerRow(*row) for row in cursor.fetchall()]


def proposed(reader: Reader, *, most: int = MOST) -> list[Proposed]:
    """Return the open matters of the reader's organs in which a proposal of this stay waits, the next due first."""
    with connection.cursor() as cursor:
        cursor.execute(_PROPOSED, {"organs": list(reader.organs), "most": most})
        return [Proposed(LedgerRow(*row[:-2]), row[-2], row[-1]) for row in cursor.fetchall()]


_MATTER: Final = ", ".join(f"m.{column}" for column in COLUMNS)

_HANDED: Final = f"""
    SELECT {_MATTER} FROM matter m
    CROSS JOIN LATERAL (
        SELECT i.values->>'handler' AS handler FROM inner_record i
        WHERE i.matter_id = m.id AND i.organ_id = m.holder_id AND i.kind = 'assigned' ORDER BY i.seq DESC LIMIT 1
    ) AS last
    WHERE m.holder_id = ANY(%(organs)s::bigint[]) AND m.phase = 0 AND last.handler = %(handler)s
    ORDER BY m.due_on, m.id LIMIT %(most)s
"""

_PROPOSED: Final = f"""
    SELECT {_MATTER}, last.move, last.passed FROM matter m
    CROSS JOIN LATERAL (
        SELECT i.values->>'move' AS move, (i.values->>'stay')::int AS stay,
            (SELECT count(*) FROM inner_record r WHERE r.matter_id = i.matter_id AND r.organ_id = i.organ_id
                AND r.seq > i.seq AND r.kind = 'reviewed') AS passed,
            EXISTS (SELECT FROM inner_record d WHERE d.matter_id = i.matter_id AND d.organ_id = i.organ_id
                AND d.seq > i.seq AND d.kind IN ('returned', 'approved')) AS decided
        FROM inner_record i
        WHERE i.matter_id = m.id AND i.organ_id = m.holder_id AND i.kind = 'proposed' ORDER BY i.seq DESC LIMIT 1
    ) AS last
    WHERE m.holder_id = ANY(%(organs)s::bigint[]) AND m.phase = 0 AND last.stay = m.stay_seq AND NOT last.decided
    ORDER BY m.due_on, m.id LIMIT %(most)s
"""

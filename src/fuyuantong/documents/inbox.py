"""Documents that wait for a post: proposed, and neither signed nor given back since."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from fuyuantong.matters.ledger import LedgerRow
from fuyuantong.matters.ledger_query import COLUMNS
from fuyuantong.matters.sight import Reader

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class DocumentProposed:
    """A matter with a document that waits, the organ whose it is, and how many posts have passed it on."""

    row: LedgerRow
    organ_id: int
    kind: str
    passed: int


def documents_proposed(reader: Reader, *, most: int = MOST) -> list[DocumentProposed]:
    """Return the documents of the reader's organs that wait for a post, the longest waiting first."""
    with connection.cursor() as cursor:
        cursor.execute(_PROPOSED, {"organs": list(reader.organs), "most": most})
        return [DocumentProposed(LedgerRow(*row[:-3]), *row[-3:]) for row in cursor.fetchall()]


_MATTER: Final = ", ".join(f"m.{column}" for column in COLUMNS)

_PROPOSED: Final = f"""
    SELECT {_MATTER}, p.organ_id, p.values->>'kind' AS kind,
        (SELECT count(*) FROM inner_record r WHERE r.matter_id = p.matter_id AND r.organ_id = p.organ_id
            AND r.seq > p.seq AND r.kind = 'document-reviewed'
            AND r.values->>'document' = p.values->>'document') AS passed
    FROM inner_record p JOIN matter m ON m.id = p.matter_id
    WHERE p.organ_id = ANY(%(organs)s::bigint[]) AND p.kind = 'document-proposed' AND NOT EXISTS (
        SELECT FROM inner_record d WHERE d.matter_id = p.matter_id AND d.organ_id = p.organ_id AND d.seq > p.seq
            AND d.kind IN ('document-drafted', 'document-returned', 'document-approved')
            AND d.values->>'document' = p.values->>'document')
    ORDER BY p.recorded_at, m.id LIMIT %(most)s
"""

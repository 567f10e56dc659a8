"""Taking a matter in hand: its row and those of the matters above it, always from the top down."""

from collections.abc import Iterable
from uuid import UUID

from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.queries import no_such_matter
from fuyuantong.matters.services.rows import MATTER, matters_by
from fuyuantong.matters.services.trail import Standing, situation_of

# parents have smaller ids than their children, so ascending order locks from the top down and never in a circle
_WITH_PARENTS = f"""
    WITH RECURSIVE upward(id, parent_id) AS (
        SELECT id, parent_id FROM matter WHERE uid = %s
        UNION
        SELECT above.id, above.parent_id FROM matter above JOIN upward ON above.id = upward.parent_id
    )
    SELECT {MATTER} FROM matter WHERE id = ANY(ARRAY(SELECT id FROM upward)) ORDER BY id FOR UPDATE
"""
_ONE = f"SELECT {MATTER} FROM matter WHERE id = %s FOR UPDATE"
_SOME = f"SELECT {MATTER} FROM matter WHERE uid = ANY(%s::uuid[]) ORDER BY id FOR UPDATE"


def lock(uid: str) -> Standing:
    """Lock a matter and all above it until the end of the transaction. Raises: `NoSuchMatter`."""
    rows = matters_by(_WITH_PARENTS, [_canonical(uid)])
    if not rows:
        raise no_such_matter(uid)
    return standing_of(rows[-1])


def standing_of(row: Matter) -> Standing:
    """Return the standing of a row that this transaction holds locked."""
    return Standing(row, declared(row.mechanism, row.declaration_id), situation_of(row))


def lock_row(row_id: int) -> Standing:
    """Lock one matter by its local id; what is above it must be locked already, or nothing be written there."""
    (row,) = matters_by(_ONE, [row_id])
    return standing_of(row)


def lock_below(uids: Iterable[str]) -> list[Standing]:
    """Lock children of a matter that is locked already, in the order of their ids."""
    return [standing_of(row) for row in matters_by(_SOME, [list(uids)])]


def _canonical(uid: str) -> str:
    """Return the id if it is spelled in the one form that secrets and digests are bound to. Raises: `NoSuchMatter`."""
    try:
        found = str(UUID(uid))
    except ValueError:
        raise no_such_matter(uid) from None
    if found != uid:
        raise no_such_matter(uid)
    return found

"""Taking a matter in hand: its row and those of the matters above it, always from the top down."""

from uuid import UUID

from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.trail import Standing, situation_of
from fuyuantong.refusal import Refusal

# parents have smaller ids than their children, so ascending order locks from the top down and never in a circle
_WITH_PARENTS = """
    WITH RECURSIVE upward(id, parent_id) AS (
        SELECT id, parent_id FROM matter WHERE uid = ANY(%s::uuid[])
        UNION
        SELECT above.id, above.parent_id FROM matter above JOIN upward ON above.id = upward.parent_id
    )
    SELECT * FROM matter WHERE id IN (SELECT id FROM upward) ORDER BY id FOR UPDATE
"""


class NoSuchMatter(Refusal):
    """No matter has this id, or not one that may be seen; the answer is the same for both."""

    key = "no-such-matter"
    title = "没有这个事项，或者你无权查看"


def lock(uid: str) -> Standing:
    """Lock a matter and all above it until the end of the transaction. Raises: `NoSuchMatter`."""
    try:
        wanted = UUID(uid)
    except ValueError:
        raise NoSuchMatter(f"“{uid}”不是事项编号", field="matter") from None
    rows = {row.uid: row for row in Matter.objects.raw(_WITH_PARENTS, [[str(wanted)]])}
    if wanted not in rows:
        raise NoSuchMatter(f"编号 {uid}", remedy="请核对编号，或向承办单位了解。", field="matter")
    return standing_of(rows[wanted])


def standing_of(row: Matter) -> Standing:
    """Return the standing of a row that this transaction holds locked."""
    return Standing(row, declared(row.mechanism, row.declaration_id), situation_of(row))


def lock_row(row_id: int) -> Standing:
    """Lock one matter by its local id; what is above it must be locked already, or nothing be written there."""
    return standing_of(Matter.objects.select_for_update().get(pk=row_id))

"""Reading a secret: for a purpose, written down before it is shown."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from fuyuantong.matters.queries import matter_page
from fuyuantong.matters.sight import reading_as
from fuyuantong.organs.models import Account
from fuyuantong.refusal import Concealed, Refusal
from fuyuantong.seal.canonical import Json
from fuyuantong.seal.commitment import is_commitment
from fuyuantong.seal.key_ring import KeyRing
from fuyuantong.seal.vault import Envelope, Place, open_secret


class NoPurpose(Refusal):
    """Refuse to show a secret without a reason."""

    key = "no-purpose"
    title = "未写明查看用途"


class NoSuchSecret(Concealed):
    """Say that there is no secret in this place, or none that may be read."""

    key = "no-such-secret"
    title = "没有这项内容，或者您不能查看"


def unmask(account: Account, *, at: datetime, uid: UUID, place: tuple[str, str], purpose: str, ring: KeyRing) -> Json:
    """
    Return the secret in a field (and row, else "") of a matter; who, when and what for is on the reading log by then.

    Raises: `NoPurpose`; `NoSuchMatter`; `NoSuchSecret`, also to auditors; what `open_secret` refuses.
    Basis: 个人信息保护法51 (分级授权、留痕).
    """
    if len(purpose.strip()) < 2:
        raise NoPurpose(
            "查看个人信息须写明用途", basis="个人信息保护法第五十一条", remedy="请写明办理事由", field="purpose"
        )
    field, row_key = place
    # committed before anything is shown, so that no later failure takes the entry back
    with transaction.atomic(durable=True), reading_as(account, at=at) as reader:
        matter = matter_page(reader, uid).matter
        committed = _committed(matter.values, field, row_key)
        envelope = _envelope(matter.pk, field, row_key, purpose.strip())
    if envelope is None or not is_commitment(committed):
        raise NoSuchSecret(f"{field} {row_key}".strip(), remedy="请回到事项页面核对；审计管理员只看留痕，不看敏感内容")
    return open_secret(envelope, ring=ring, place=Place(str(uid), field, row_key), committed=committed)


def _envelope(matter_id: int, field: str, row_key: str, purpose: str) -> Envelope | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unmask(%s, %s, %s, %s)", [matter_id, field, row_key, purpose])
        found = cursor.fetchone()
    return Envelope(bytes(found[0]), bytes(found[1]), found[2]) if found else None


def _committed(values: Json, field: str, row_key: str) -> Json:
    name, _, column = field.partition(".")
    value = values.get(name) if isinstance(values, dict) else None
    if not column:
        return value
    rows = value if isinstance(value, list) else []
    row = next((row for number, row in enumerate(rows) if str(number) == row_key), None)
    return row.get(column) if isinstance(row, dict) else None

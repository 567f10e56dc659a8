"""The same request, sent again, is answered with the record of the first."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.outbox import Idempotency
from fuyuantong.matters.models.record import Record as RecordRow
from fuyuantong.matters.trails import record_of
from fuyuantong.organs.models import Account
from fuyuantong.protocol import Json
from fuyuantong.protocol.trail import Record
from fuyuantong.refusal import Refusal
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3


class StaleKey(Refusal):
    """The key was used before, for another request."""

    key = "stale-key"
    title = "请求编号已用于另一请求"


@dataclass(frozen=True)
class Answered:
    """An act that was made before under the same key."""

    matter: str
    record: Record
    holder: str


def answered(account: Account, key: str, request: Mapping[str, Json]) -> Answered | None:
    """Return the answer that the key was given before. Raises: `StaleKey` when it stood for something else."""
    if not key:
        return None
    with connection.cursor() as cursor:  # two copies of a request at once: the second waits for the first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, account.pk])
    found = Idempotency.objects.filter(account=account, key=key).select_related("matter").first()
    if found is None:
        return None
    if bytes(found.request_digest) != _digest(request):
        raise StaleKey("同一请求编号对应的内容不同", remedy="请刷新页面后重新办理。", field="key")
    row = RecordRow.objects.get(matter=found.matter, seq=found.seq)
    record = record_of(row, uid=str(found.matter.uid))
    return Answered(str(found.matter.uid), record, str(record.resolved.get("holder", "")))


def remember(account: Account, key: str, request: Mapping[str, Json], matter: Matter, seq: int) -> None:
    """Keep the answer under its key."""
    if key:
        Idempotency.objects.create(account=account, key=key, request_digest=_digest(request), matter=matter, seq=seq)


def _digest(request: Mapping[str, Json]) -> bytes:
    return sm3(canonical(dict(request)))

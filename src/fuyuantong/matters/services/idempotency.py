"""The same request, sent again, is answered with the record of the first."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db import IntegrityError, connection

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.outbox import Idempotency
from fuyuantong.matters.services.words import said
from fuyuantong.matters.trails import records_of
from fuyuantong.organs.models import Account
from fuyuantong.protocol import Json
from fuyuantong.protocol.fold import fold
from fuyuantong.protocol.trail import Record
from fuyuantong.refusal import Refusal
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.commitment import hmac_sm3

LONGEST_KEY = 200

_CLAIM = """
    INSERT INTO idempotency (account_id, key, request_digest, matter_id, seq) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (account_id, key) DO NOTHING
"""


class StaleKey(Refusal):
    """The key was used before, for another request."""

    key = "stale-key"
    title = "请求编号已用于另一请求"


class BadKey(Refusal):
    """The key cannot be kept as it was sent."""

    key = "bad-key"
    title = "请求编号有误"


@dataclass(frozen=True)
class Answered:
    """An act that was made before under the same key, with the state and the holder to which it led."""

    matter: str
    record: Record
    state: str
    holder: str


def answered(account: Account, key: str, request: Mapping[str, Json]) -> Answered | None:
    """
    Return the answer that the key was given before; for an act whose matter is not there yet.

    Raises: `StaleKey` when it stood for something else, `BadKey`.
    """
    if not key:
        return None
    _require_fit(key)
    with connection.cursor() as cursor:  # two copies of a request at once: the second waits for the first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, account.pk])
    return _found(account, key, request)


def remember(account: Account, key: str, request: Mapping[str, Json], matter: Matter, seq: int) -> None:
    """Keep the answer under its key. Raises: `StaleKey` when another act has taken it meanwhile."""
    if not key:
        return
    try:
        Idempotency.objects.create(account=account, key=key, request_digest=_digest(request), matter=matter, seq=seq)
    except IntegrityError as taken:
        raise _stale() from taken


def claimed(account: Account, key: str, request: Mapping[str, Json], *, matter: Matter, seq: int) -> Answered | None:
    """
    Claim the key for the record that the act is about to write; return the answer if it was given before.

    A second copy of the request waits here for the first; a refused act gives its key back.
    Raises: `StaleKey` when it stood for something else, `BadKey`.
    """
    if not key:
        return None
    _require_fit(key)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [account.pk, key, _digest(request), matter.pk, seq])
        is_first = cursor.rowcount == 1
    return None if is_first else _found(account, key, request)


def _found(account: Account, key: str, request: Mapping[str, Json]) -> Answered | None:
    found = Idempotency.objects.filter(account=account, key=key).select_related("matter").first()
    if found is None:
        return None
    if bytes(found.request_digest) != _digest(request):
        raise _stale()
    records = list(islice(records_of(found.matter), found.seq))
    then = fold(records)
    return Answered(str(found.matter.uid), records[-1], then.state, then.holder)


def _require_fit(key: str) -> None:
    said(key, longest=LONGEST_KEY, refusal=BadKey, field="key")


def _stale() -> StaleKey:
    return StaleKey("同一请求编号对应的内容不同", remedy="请刷新页面后重新办理。", field="key")


def _digest(request: Mapping[str, Json]) -> bytes:
    # keyed: what was filled in may be secret, and an identity number could be guessed from a bare digest
    return hmac_sm3(settings.SECRET_KEY.encode(), canonical(dict(request)))

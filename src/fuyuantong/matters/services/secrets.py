"""Secrets of a matter: concealed before the record is drafted, erased and re-encrypted without touching the trail."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.secret import Blind, Secret
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Json, Mechanism, Rows
from fuyuantong.protocol.values import field_of
from fuyuantong.seal.commitment import blind_index, is_commitment
from fuyuantong.seal.key_ring import KeyRing, load_ring, new_ring, save_ring
from fuyuantong.seal.vault import ERASED, Envelope, Place, open_secret, reencrypted, seal_secret

BATCH = 500


@dataclass(frozen=True)
class Concealed:
    """Values as a record may hold them, and the envelopes of what was taken out, by field and row."""

    values: dict[str, Json]
    envelopes: Mapping[tuple[str, str], Envelope]
    blinds: tuple[tuple[str, bytes], ...]


def key_ring() -> KeyRing:
    """Return the place's key ring, made on first use; read anew when the file changes."""
    path = _ring_path()
    if not path.exists():
        save_ring(new_ring(made_on=date.today()), path)
    return _ring(path, path.stat().st_mtime_ns)


def conceal(mechanism: Mechanism, uid: str, values: Mapping[str, Json], *, mark: str = "") -> Concealed:
    """Replace every secret by its commitment; `mark` keeps those of a draft apart from those of the record."""
    shown = dict(values)
    envelopes: dict[tuple[str, str], Envelope] = {}
    blinds: list[tuple[str, bytes]] = []
    for key, value in values.items():
        for (name, row), column, secret in _secrets(mechanism, key, value):
            place = (name, row + mark)
            committed, envelope = seal_secret(secret, ring=key_ring(), place=Place(uid, *place))
            envelopes[place] = envelope
            blinds.append((column, _blind(column, secret)))
            shown[key] = _with(shown[key], row, name.partition(".")[2], dict(committed))
    return Concealed(shown, envelopes, tuple(blinds))


def reveal(row: Matter, values: Mapping[str, Json], *, mark: str = "") -> dict[str, Json]:
    """Put the secrets back into values that hold commitments. Raises: what `open_secret` refuses."""
    kept = {
        (secret.field, secret.row_key): Envelope(bytes(secret.salt), bytes(secret.cipher), secret.key_id)
        for secret in Secret.objects.filter(matter=row, row_key__endswith=mark)
    }

    def opened(value: Json, field: str, row_key: str) -> Json:
        if not is_commitment(value):
            return value
        place = (field, row_key + mark)
        return open_secret(kept[place], ring=key_ring(), place=Place(str(row.uid), *place), committed=value)

    def opened_rows(key: str, rows: list[Json]) -> list[Json]:
        return [
            {column: opened(cell, f"{key}.{column}", str(number)) for column, cell in entry.items()}
            if isinstance(entry, dict)
            else entry
            for number, entry in enumerate(rows)
        ]

    return {
        key: opened_rows(key, value) if isinstance(value, list) else opened(value, key, "")
        for key, value in values.items()
    }


def keep(matter_id: int, concealed: Concealed) -> None:
    """Store the envelopes of a matter; a value given anew takes the place of the former one."""
    Secret.objects.bulk_create(
        [
            Secret(
                matter_id=matter_id,
                field=field,
                row_key=row,
                salt=envelope.salt,
                cipher=envelope.cipher,
                key_id=envelope.key_id,
            )
            for (field, row), envelope in concealed.envelopes.items()
        ],
        update_conflicts=True,
        unique_fields=["matter_id", "field", "row_key"],
        update_fields=["salt", "cipher", "key_id"],
    )
    Blind.objects.bulk_create(
        [Blind(kind=kind, mac=mac, matter_id=matter_id) for kind, mac in concealed.blinds], ignore_conflicts=True
    )


@transaction.atomic
def erase_person(*, kind: str, value: str, now: datetime) -> int:
    """
    Erase a person's secrets wherever the blind index finds them; the trails stay whole.

    Shape: how many values were erased.
    Basis: 个人信息保护法47.
    """
    mac = _blind(kind, value)
    erased = 0
    with acting():
        for matter_id in Blind.objects.filter(kind=kind, mac=mac).values_list("matter_id", flat=True):
            erased += Secret.objects.filter(matter_id=matter_id, erased_at=None).update(
                salt=ERASED.salt, cipher=ERASED.cipher, key_id=ERASED.key_id, erased_at=now
            )
        Blind.objects.filter(kind=kind, mac=mac).delete()
    return erased


def reencrypt_all() -> int:
    """Bring every secret under the newest key, in batches that lock little. Shape: how many were changed."""
    changed = 0
    while batch := _reencrypt_batch():
        changed += batch
    return changed


@transaction.atomic
def _reencrypt_batch() -> int:
    ring = key_ring()
    with acting():
        found = Secret.objects.select_related("matter").filter(erased_at=None).exclude(key_id=ring.newest.id)
        batch = list(found.select_for_update(of=("self",))[:BATCH])
        for secret in batch:
            place = Place(str(secret.matter.uid), secret.field, secret.row_key)
            envelope = Envelope(bytes(secret.salt), bytes(secret.cipher), secret.key_id)
            fresh = reencrypted(envelope, ring=ring, place=place)
            Secret.objects.filter(pk=secret.pk).update(cipher=fresh.cipher, key_id=fresh.key_id)
    return len(batch)


def _secrets(mechanism: Mechanism, key: str, value: Json) -> Iterator[tuple[tuple[str, str], str, Json]]:
    found = field_of(mechanism, key)
    if found.secret:
        yield (key, ""), found.key, value
    if isinstance(found, Rows) and isinstance(value, list):
        for number, row in enumerate(value):
            for column in found.columns:
                if column.secret and isinstance(row, dict) and column.key in row:
                    yield (f"{key}.{column.key}", str(number)), column.key, row[column.key]


def _with(shown: Json, row: str, column: str, committed: dict[str, Json]) -> Json:
    if not row or not isinstance(shown, list):
        return committed
    return [
        {**entry, column: committed} if str(number) == row and isinstance(entry, dict) else entry
        for number, entry in enumerate(shown)
    ]


def _blind(kind: str, value: Json) -> bytes:
    normalised = "".join(str(value).split()).upper()
    return blind_index(key_ring().index_key, kind=kind, normalised=normalised)


def _ring_path() -> Path:
    return Path(settings.DATA_DIR) / "keys.json"


@lru_cache(maxsize=2)
def _ring(path: Path, stamp: int) -> KeyRing:
    return load_ring(path)

"""Secrets of a matter: concealed before the record is drafted, kept apart, erased without touching the trail."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models.functions import Now

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.secret import Blind, Secret
from fuyuantong.matters.services.keys import add_key, key_ring
from fuyuantong.matters.session import one_act
from fuyuantong.protocol import Field, Json, Mechanism, Rows
from fuyuantong.protocol.values import field_of
from fuyuantong.seal.commitment import MARK, blind_index, commitment, is_commitment
from fuyuantong.seal.vault import ERASED, Envelope, Place, open_secret, recover_secret, reencrypted, seal_secret

BATCH = 500
DRAFT = "~"  # begins the mark of what an organ keeps to itself: found for erasure, never by a search
REQUEST = "@"  # begins the mark of what a request asks for and the matter does not say yet


@dataclass(frozen=True)
class Covered:
    """
    Values as a record may hold them, and the envelopes of what was taken out, by field and row.

    `tables`: those with secret columns that were given whole, so that nothing else of them is kept on.
    """

    values: dict[str, Json]
    envelopes: Mapping[tuple[str, str], Envelope]
    blinds: frozenset[tuple[str, bytes]]
    tables: frozenset[str] = frozenset()


def conceal(mechanism: Mechanism, uid: str, values: Mapping[str, Json], *, mark: str = "", first: int = 0) -> Covered:
    """
    Replace every secret by its commitment.

    `mark` keeps those of a draft or a request apart from those of the matter; `first` is the place of the first row
    when rows are added to a table.
    """
    apart = _Apart(uid, mark, first)
    shown = {key: apart.taken_out(field_of(mechanism, key), key, value) for key, value in values.items()}
    tables = (key for key in values if _has_secret_columns(field_of(mechanism, key)))
    whole = frozenset(() if mark or first else tables)
    return Covered(shown, apart.envelopes, frozenset(apart.blinds), whole)


def reveal(row: Matter, values: Mapping[str, Json], *, mark: str = "") -> dict[str, Json]:
    """Put the secrets back into values that hold commitments. Raises: what `open_secret` refuses."""
    kept = {(secret.field, secret.row_key): secret for secret in Secret.objects.filter(matter=row)}

    def opened(value: Json, name: str, row_key: str) -> Json:
        if not is_commitment(value):
            return value
        place = (name, row_key + mark)
        return open_secret(_envelope(kept[place]), ring=key_ring(), place=Place(str(row.uid), *place), committed=value)

    return {key: _each_cell(key, value, opened) for key, value in values.items()}


def resealed(mechanism: Mechanism, uid: str, values: Mapping[str, Json], *, of: Matter) -> Covered:
    """
    Seal anew, for the matter `uid`, the secrets that it takes over from another into secret fields of its own.

    What was erased there meanwhile is taken over as the commitment that is left of it.
    """
    clear: dict[str, Json] = {}

    def opened(value: Json, name: str, row_key: str) -> Json:
        if not isinstance(value, dict) or not is_commitment(value) or not field_of(mechanism, name).secret:
            return value
        if not clear:
            clear.update(_by_commitment(of))
        return clear.get(str(value[MARK]), value)

    return conceal(mechanism, uid, {key: _each_cell(key, value, opened) for key, value in values.items()})


def keep(matter_id: int, concealed: Covered) -> None:
    """Store the envelopes of a matter; a value given anew takes the place of the former one, also in the index."""
    if not concealed.envelopes and not concealed.tables:
        return
    living = Secret.objects.filter(matter_id=matter_id, erased_at=None)
    before = set(living.values_list("field", "row_key"))
    given_up = {place for place in before - concealed.envelopes.keys() if _stood_in(place, concealed.tables)}
    for name, row_key in given_up:
        living.filter(field=name, row_key=row_key).update(**_columns(ERASED), erased_at=Now())
    Secret.objects.bulk_create(
        [
            Secret(matter_id=matter_id, field=name, row_key=row_key, **_columns(envelope))
            for (name, row_key), envelope in concealed.envelopes.items()
        ],
        update_conflicts=True,
        unique_fields=["matter_id", "field", "row_key"],
        update_fields=["salt", "cipher", "key_id", "erased_at"],
    )
    Blind.objects.bulk_create(
        [Blind(kind=kind, mac=mac, matter_id=matter_id) for kind, mac in concealed.blinds], ignore_conflicts=True
    )
    if given_up or before & concealed.envelopes.keys():
        _reindex(matter_id)


def erase_person(*, kind: str, value: str, now: datetime) -> int:
    """
    Erase a secret of a person wherever the blind index finds it, with all that stands in the same row of a table.

    What other persons or other fields of the matter hold stays; the trails stay whole.
    Shape: how many values were erased.
    Basis: 个人信息保护法47.
    """
    with one_act():
        wanted = {_blind(kind, value), _blind(DRAFT + kind, value)}
        found = {pk for name, mac in wanted for pk in Blind.objects.filter(kind=name, mac=mac).values_list("matter_id")}
        rows = Matter.objects.select_for_update().filter(pk__in=[pk for (pk,) in found]).order_by("pk")
        return sum(_erase_in(row, wanted, now) for row in list(rows))


def secret_fields(mechanisms: Iterable[Mechanism]) -> dict[str, str]:
    """Return what is kept secret, by the keys under which a person is looked for, with what people call it."""
    families = (part for mechanism in mechanisms for part in (mechanism, *mechanism.children()))
    columns = (column for part in families for found in part.fields for column in _spread(found))
    return {column.key: column.title for column in columns if column.secret}


def mac_of(kind: str, secret: Json) -> bytes:
    """Return the keyed hash under which a secret is searched for; spaces and small letters make no difference."""
    normalised = "".join(str(secret).split()).upper()
    return blind_index(key_ring().index_key, kind=kind, normalised=normalised)


def rotate_keys(*, made_on: date) -> int:
    """Add a key and bring every secret under it. Shape: how many were changed. Raises: `BadKeyFile`."""
    add_key(made_on=made_on)
    return reencrypt_all()


def reencrypt_all() -> int:
    """Bring every secret under the newest key, in batches that lock little. Shape: how many were changed."""
    changed = 0
    while batch := _reencrypt_batch():
        changed += batch
    return changed


def _reencrypt_batch() -> int:
    ring = key_ring()
    with one_act():
        found = Secret.objects.select_related("matter").filter(erased_at=None).exclude(key_id=ring.newest.id)
        batch = list(found.select_for_update(of=("self",))[:BATCH])
        for secret in batch:
            fresh = reencrypted(_envelope(secret), ring=ring, place=_place(secret))
            Secret.objects.filter(pk=secret.pk).update(**_columns(fresh))
    return len(batch)


def _erase_in(row: Matter, wanted: Collection[tuple[str, bytes]], now: datetime) -> int:
    living = list(Secret.objects.filter(matter=row, erased_at=None).select_related("matter"))
    persons = {_line(secret) for secret in living if _blind_of(secret) in wanted}
    for secret in (gone := [secret for secret in living if _line(secret) in persons]):
        Secret.objects.filter(pk=secret.pk).update(**_columns(ERASED), erased_at=now)
    _reindex(row.pk)
    return len(gone)


def _reindex(matter_id: int) -> None:
    """Let the blind index find a matter by the secrets that it holds now, and by no others."""
    living = Secret.objects.filter(matter_id=matter_id, erased_at=None).select_related("matter")
    known = {_blind_of(secret) for secret in living}
    for blind in Blind.objects.filter(matter_id=matter_id):
        if (blind.kind, bytes(blind.mac)) not in known:
            Blind.objects.filter(pk=blind.pk).delete()


@dataclass
class _Apart:
    """What is taken out of values, as it is."""

    uid: str
    mark: str
    first: int
    envelopes: dict[tuple[str, str], Envelope] = field(default_factory=dict)
    blinds: set[tuple[str, bytes]] = field(default_factory=set)

    def taken_out(self, found: Field, key: str, value: Json) -> Json:
        """Return a value of a field, or of a later column of all rows, with commitments where secrets were."""
        if isinstance(found, Rows) and isinstance(value, list):
            return [self._row(found, key, row, place) for place, row in enumerate(value, self.first)]
        if not found.secret:
            return value
        if "." in key and isinstance(value, list):
            return [self._secret(key, str(place), cell) for place, cell in enumerate(value)]
        return self._secret(key, "", value)

    def _row(self, table: Rows, key: str, row: Json, place: int) -> Json:
        if not isinstance(row, dict):
            return row
        secret = {column.key for column in table.columns if column.secret}
        return {
            name: self._secret(f"{key}.{name}", str(place), cell) if name in secret else cell
            for name, cell in row.items()
        }

    def _secret(self, name: str, row_key: str, value: Json) -> Json:
        if is_commitment(value):
            return value
        place = (name, row_key + self.mark)
        committed, self.envelopes[place] = seal_secret(value, ring=key_ring(), place=Place(self.uid, *place))
        self.blinds.add(_blind(_kind(*place), value))
        return dict(committed)


def _by_commitment(row: Matter) -> dict[str, Json]:
    """Return every secret that a matter holds by what its record says instead."""
    living = Secret.objects.filter(matter=row, erased_at=None).select_related("matter")
    return {commitment(value, salt=bytes(one.salt))[MARK]: value for one in living for value in [_recovered(one)]}


def _each_cell(key: str, value: Json, change: Callable[[Json, str, str], Json]) -> Json:
    """Return the value of a field, or of a later column, changed wherever a secret may stand."""
    if not isinstance(value, list):
        return change(value, key, "")
    return [
        {column: change(cell, f"{key}.{column}", str(place)) for column, cell in entry.items()}
        if isinstance(entry, dict) and not is_commitment(entry)
        else change(entry, key, str(place))
        for place, entry in enumerate(value)
    ]


def _spread(found: Field) -> Iterator[Field]:
    yield found
    yield from found.columns if isinstance(found, Rows) else ()


def _has_secret_columns(found: Field) -> bool:
    return isinstance(found, Rows) and any(column.secret for column in found.columns)


def _stood_in(place: tuple[str, str], tables: Collection[str]) -> bool:
    name, row_key = place
    return name.partition(".")[0] in tables and row_key.isdecimal()


def _line(secret: Secret) -> tuple[str, str]:
    """Return what a secret shares with others of the same person: its row; a field stands by itself."""
    table, column = secret.field.partition(".")[::2]
    return (table if column else secret.field, secret.row_key)


def _kind(name: str, row_key: str) -> str:
    column = name.rpartition(".")[2]
    return DRAFT + column if DRAFT in row_key else column


def _blind_of(secret: Secret) -> tuple[str, bytes]:
    return _blind(_kind(secret.field, secret.row_key), _recovered(secret))


def _recovered(secret: Secret) -> Json:
    return recover_secret(_envelope(secret), ring=key_ring(), place=_place(secret))


def _blind(kind: str, secret: Json) -> tuple[str, bytes]:
    return kind, mac_of(kind, secret)


def _envelope(secret: Secret) -> Envelope:
    return Envelope(bytes(secret.salt), bytes(secret.cipher), secret.key_id)


def _columns(envelope: Envelope) -> dict[str, bytes | str]:
    return {"salt": envelope.salt, "cipher": envelope.cipher, "key_id": envelope.key_id}


def _place(secret: Secret) -> Place:
    return Place(str(secret.matter.uid), secret.field, secret.row_key)

"""Files: stored and digested before the act that attaches them, found by their content."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from fuyuantong.matters.models.file import Attachment, Blob
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ
from fuyuantong.protocol import Field, File, Json, Mechanism, Rows
from fuyuantong.protocol.trail import Record
from fuyuantong.protocol.values import field_of
from fuyuantong.refusal import Refusal
from fuyuantong.seal.digest import sm3

LARGEST = 100 * 2**20
LONGEST_NAME = 200
NAMELESS: Mapping[str, str] = MappingProxyType({})

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)

# one statement attaches what is stored and tells what is not
_ATTACH = """
    INSERT INTO attachment (matter_id, seq, field, digest, name, "inner", sensitive, organ_id)
    SELECT %(matter)s, %(seq)s, given.field, blob.digest, coalesce(nullif(given.name, ''), left(encode(blob.digest, 'hex'), 12)),
        %(organ)s::bigint IS NOT NULL, given.sensitive, %(organ)s
    FROM unnest(%(fields)s::text[], %(digests)s::bytea[], %(sensitive)s::boolean[], %(names)s::text[]) WITH ORDINALITY
        AS given(field, digest, sensitive, name, place)
    JOIN blob ON blob.digest = given.digest ORDER BY given.place
    RETURNING digest
"""


class NotStored(Refusal):
    """A file that is named was never stored."""

    key = "not-stored"
    title = "文件尚未上传"


class BadFile(Refusal):
    """A file that is empty or too large."""

    key = "bad-file"
    title = "文件不能接收"


class NotKept(Refusal):
    """A file that the storage could not take."""

    key = "not-kept"
    title = "文件没有保存"


@dataclass(frozen=True)
class Enclosure:
    """A stored file that comes with an act: in which field, or in none; `sensitive` if it tells what is secret."""

    digest: str
    field: str = ""
    sensitive: bool = False


def store_file(content: bytes, *, mime: str, now: datetime) -> str:
    """Store a file before the act that needs it. Shape: its SM3 digest in hexadecimal. Raises: `BadFile`, `NotKept`."""
    if not content or len(content) > LARGEST:
        raise BadFile(f"文件为 {len(content)} 字节，应为 1 字节至 100 MB", remedy="请重新选择文件。", field="files")
    digest = sm3(content)
    _write(path_of(digest.hex()), content)
    with transaction.atomic(), acting():
        Blob.objects.bulk_create(
            [Blob(digest=digest, size=len(content), mime_found=mime, stored_at=now)], ignore_conflicts=True
        )
    return digest.hex()


def path_of(digest: str) -> str:
    """Return where the storage keeps a file."""
    return f"files/{digest[:2]}/{digest}"


def well_formed(digests: Iterable[str]) -> tuple[str, ...]:
    """Return digests as a record can cite them. Raises: `NotStored` for what no file can be called."""
    named = tuple(digests)
    _require_none({digest for digest in named if not _DIGEST.fullmatch(digest)})
    return named


def attach(
    matter: Matter,
    record: Record,
    digests: Iterable[str],
    enclosed: Iterable[Enclosure] = (),
    *,
    names: Mapping[str, str] = NAMELESS,
) -> None:
    """
    Attach stored files to a record: evidence by its digests, and what stands in fields.

    `names`: what the files were called, by digest; one without a name is called by its digest. Raises: `NotStored`.
    """
    _attach(matter, record.seq, [*(Enclosure(digest) for digest in digests), *enclosed], organ=None, names=names)


def attach_inside(record: InnerRecord, enclosed: Iterable[Enclosure], *, names: Mapping[str, str] = NAMELESS) -> None:
    """Attach stored files to a record of an organ's inner trail, for that organ alone. Raises: `NotStored`."""
    _attach(record.matter, record.seq, enclosed, organ=record.organ, names=names)


def names_inside(record: InnerRecord) -> dict[str, str]:
    """Return what the files on a record of an inner trail are called, by digest."""
    found = Attachment.objects.filter(matter_id=record.matter_id, organ_id=record.organ_id, seq=record.seq, inner=True)
    return {bytes(digest).hex(): name for digest, name in found.values_list("blob_id", "name")}


def clean_name(name: str) -> str:
    """Return what a file was called, without folders and without what cannot be read; empty when nothing is left."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable()).strip()[:LONGEST_NAME]


def enclosures(mechanism: Mechanism, values: Mapping[str, Json]) -> tuple[Enclosure, ...]:
    """Return the files that stand in what was filled in, in fields and in columns, before secrets are concealed."""
    return tuple(found for key, value in values.items() for found in _in_field(field_of(mechanism, key), key, value))


def _in_field(found: Field, key: str, value: Json) -> Iterator[Enclosure]:
    entries = value if isinstance(value, list) else []
    if isinstance(found, File):
        for entry in entries:  # the cells of a later column are lists themselves
            cell = entry if isinstance(entry, list) else [entry]
            yield from (Enclosure(str(digest), key, found.secret) for digest in cell)
    elif isinstance(found, Rows):
        for column in found.columns:
            for row in entries:
                cell = row.get(column.key) if isinstance(row, dict) else None
                yield from _in_field(column, f"{key}.{column.key}", cell)


def _attach(
    matter: Matter, seq: int, enclosed: Iterable[Enclosure], *, organ: Organ | None, names: Mapping[str, str]
) -> None:
    given = {(one.field, one.digest): one for one in enclosed}
    if not given:
        return
    well_formed(one.digest for one in given.values())
    with connection.cursor() as cursor:
        cursor.execute(
            _ATTACH,
            {
                "matter": matter.pk,
                "seq": seq,
                "organ": organ.pk if organ else None,
                "fields": [one.field for one in given.values()],
                "digests": [bytes.fromhex(one.digest) for one in given.values()],
                "sensitive": [one.sensitive for one in given.values()],
                "names": [clean_name(names.get(one.digest, "")) for one in given.values()],
            },
        )
        attached = {bytes(digest).hex() for (digest,) in cursor.fetchall()}
    _require_none({one.digest for one in given.values()} - attached)


def _require_none(missing: Iterable[str]) -> None:
    names = sorted(digest[:64] for digest in missing)
    if names:
        raise NotStored(f"没有收到文件：{'、'.join(names)}", remedy="请重新上传。", field="files")


def _write(name: str, content: bytes) -> None:
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return
        default_storage.delete(name)  # left half written by a process that was killed
    try:
        default_storage.save(name, ContentFile(content))
    except OSError as error:
        raise NotKept(
            f"存储不能写入：{error.strerror}", remedy="请系统管理员检查存储空间和权限后重新上传。", field="files"
        ) from error

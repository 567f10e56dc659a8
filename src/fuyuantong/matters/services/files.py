"""Files: stored and digested before the act that attaches them, found by their content."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from fuyuantong.matters.models.file import Attachment, Blob
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.session import acting
from fuyuantong.protocol.trail import Record
from fuyuantong.refusal import Refusal
from fuyuantong.seal.digest import sm3

LARGEST = 100 * 2**20


class NoSuchFile(Refusal):
    """A file that is named was never stored."""

    key = "no-such-file"
    title = "文件尚未上传"


class BadFile(Refusal):
    """A file that is empty or too large."""

    key = "bad-file"
    title = "文件不能接收"


def store_file(content: bytes, *, mime: str, now: datetime) -> str:
    """Store a file before the act that needs it. Shape: its SM3 digest in hexadecimal. Raises: `BadFile`."""
    if not content or len(content) > LARGEST:
        raise BadFile(f"文件为 {len(content)} 字节，应为 1 字节至 100 MB", field="files")
    digest = sm3(content)
    name = path_of(digest.hex())
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    with transaction.atomic(), acting():
        Blob.objects.bulk_create(
            [Blob(digest=digest, size=len(content), mime_found=mime, stored_at=now)], ignore_conflicts=True
        )
    return digest.hex()


def path_of(digest: str) -> str:
    """Return where the storage keeps a file."""
    return f"files/{digest[:2]}/{digest}"


def require_stored(digests: Iterable[str]) -> None:
    """Refuse files that are not stored. Raises: `NoSuchFile`."""
    wanted = {bytes.fromhex(digest) for digest in digests}
    if not wanted:
        return
    found = {bytes(digest) for digest in Blob.objects.filter(digest__in=wanted).values_list("digest", flat=True)}
    missing = sorted(digest.hex() for digest in wanted - found)
    if missing:
        raise NoSuchFile(f"没有收到文件：{'、'.join(missing)}", remedy="请重新上传。", field="files")


def attach(matter: Matter, record: Record, digests: Iterable[str]) -> None:
    """Attach stored files to a record."""
    Attachment.objects.bulk_create(
        [
            Attachment(matter=matter, seq=record.seq, blob_id=bytes.fromhex(digest), name=digest[:12], organ=None)
            for digest in dict.fromkeys(digests)
        ]
    )

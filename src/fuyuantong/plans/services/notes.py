"""Notes beside an obligation: what an organ says of its progress, and what it shows as evidence."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from fuyuantong.matters.models.file import Blob
from fuyuantong.matters.services.actors import MAY_ACT, By
from fuyuantong.matters.services.files import NAMELESS, NotStored, clean_name, well_formed
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import posts_held
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import Obligation, Responsible
from fuyuantong.plans.models.progress import NoteFile, ProgressNote
from fuyuantong.plans.services.guarding import keeps
from fuyuantong.plans.vocabulary import NoteKind
from fuyuantong.refusal import Refusal

LONGEST_NOTE = 2_000


class BadNote(Refusal):
    """A note that says or shows nothing."""

    key = "bad-note"
    title = "说明有误"


class NotResponsible(Refusal):
    """Only the organs that owe an obligation, and the office, write beside it."""

    key = "not-responsible"
    title = "没有办理权限"


class AlreadyClosed(Refusal):
    """What is closed or done is opened again before anything is added."""

    key = "already-closed"
    title = "任务已销号"


def write_note(
    obligation: Obligation, text: str, *, by: By, now: datetime, files: Mapping[str, str] = NAMELESS
) -> ProgressNote:
    """
    Say how an obligation goes on, for one's organ; `files` are names of stored files by their digests.

    Raises: `NotResponsible`, `AlreadyClosed`, `BadNote`, `NotStored`.
    """
    words = said(text, longest=LONGEST_NOTE, refusal=BadNote, field="text")
    with transaction.atomic():
        organ = _writer(obligation, by, now=now)
        return _written(obligation, None, NoteKind.PROGRESS, words, files, organ=organ, by=by, now=now)


def show_evidence(
    item: DueItem, text: str, *, by: By, now: datetime, files: Mapping[str, str] = NAMELESS
) -> ProgressNote:
    """
    Show a document as evidence that a due item was done, for the organ that owes it or as the office.

    Raises: `NotResponsible`, `AlreadyClosed`, `BadNote` also without a document, `NotStored`.
    """
    words = said(text, longest=LONGEST_NOTE, refusal=BadNote, field="text")
    if not files:
        raise BadNote("举证须附材料", remedy="请上传能够证明已完成的文件。", field="files")
    with transaction.atomic():
        locked = DueItem.objects.select_for_update(of=("self",)).select_related("obligation__plan").get(pk=item.pk)
        organ = _writer(locked.obligation, by, now=now)
        if organ.pk != locked.organ_id and not keeps(by.account, locked.obligation.plan, now=now):
            raise NotResponsible("这一期由其他单位承担", remedy="请由承担单位举证，或者写进展说明。")
        if locked.done_on is not None:
            raise AlreadyClosed(f"这一期已于 {locked.done_on} 完成", remedy="需要更正的，请由领导小组办公室重新打开。")
        return _written(locked.obligation, locked, NoteKind.EVIDENCE, words, files, organ=organ, by=by, now=now)


def may_write(obligation: Obligation, organ: Organ) -> bool:
    """Tell whether an organ has a part in an obligation."""
    return Responsible.objects.filter(obligation=obligation, organ=organ).exists()


def _writer(obligation: Obligation, by: By, *, now: datetime) -> Organ:
    """Return the organ for which an account writes. Raises: `NotResponsible`, `AlreadyClosed`."""
    found = Obligation.objects.select_for_update(of=("self",)).select_related("plan").get(pk=obligation.pk)
    held = {post.organ_id for post in posts_held(by.account, at=now) if post.kind in MAY_ACT}
    organ = Organ.objects.filter(code=by.organ, pk__in=held).first()
    if organ is None or not (may_write(found, organ) or keeps(by.account, found.plan, now=now)):
        raise NotResponsible(
            "您所在单位不是这项任务的责任单位", remedy="请由责任单位的经办人员或者领导小组办公室填写。"
        )
    if found.closed_on is not None:
        raise AlreadyClosed(f"这项任务已于 {found.closed_on} 销号", remedy="需要补充的，请由领导小组办公室重新打开。")
    return organ


def _written(
    obligation: Obligation,
    item: DueItem | None,
    kind: NoteKind,
    words: str,
    files: Mapping[str, str],
    *,
    organ: Organ,
    by: By,
    now: datetime,
) -> ProgressNote:
    note = ProgressNote.objects.create(
        obligation=obligation, due_item=item, organ=organ, kind=kind, text=words, by=by.account, at=now
    )
    _attach(note, files)
    return note


def _attach(note: ProgressNote, files: Mapping[str, str]) -> None:
    digests = [bytes.fromhex(digest) for digest in well_formed(files)]
    _require_stored(digests)
    NoteFile.objects.bulk_create(
        NoteFile(note=note, blob_id=digest, name=clean_name(files[digest.hex()]) or digest.hex()[:12])
        for digest in digests
    )


def _require_stored(digests: Iterable[bytes]) -> None:
    wanted = set(digests)
    with acting():
        stored = {bytes(digest) for digest in Blob.objects.filter(pk__in=wanted).values_list("pk", flat=True)}
    if wanted - stored:
        names = "、".join(sorted(digest.hex()[:12] for digest in wanted - stored))
        raise NotStored(f"没有收到文件：{names}", remedy="请重新上传。", field="files")

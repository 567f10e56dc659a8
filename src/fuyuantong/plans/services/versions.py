"""Taking in the document of a plan: a new plan, the next version, the same file read again."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from fuyuantong.matters.services.files import clean_name, path_of, store_file
from fuyuantong.organs.models import Account
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.services.guarding import NotADraft, check_office, office_of
from fuyuantong.plans.services.rereading import Reread, keep_reading
from fuyuantong.plans.vocabulary import VersionState
from fuyuantong.reading.reading import read
from fuyuantong.reading.sources.files import blocks_of_file
from fuyuantong.reading.sources.unreadable import Unreadable
from fuyuantong.reading.values import Reading
from fuyuantong.refusal import Refusal

LONGEST_NAME = 200
UNPUBLISHED = frozenset({VersionState.DRAFT, VersionState.UNREADABLE})
NOTHING = Reread(new=0, again=0, gone=0, left=0)


class KnownFile(Refusal):
    """The same file is a version of a plan already."""

    key = "known-file"
    title = "该文件已经上传过"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it came."""

    content: bytes
    file_name: str
    mime: str = "application/octet-stream"


def upload_plan(upload: Upload, *, name: str = "", by: Account, now: datetime) -> PlanVersion:
    """
    Take in the document of a new plan of the region whose office the account is; it is called by its title.

    A plan of the office that is called so already gets it as its next version. The file is kept also when it cannot
    be read; then the version says why.
    Raises: `NotTheOffice`; `KnownFile`; `BadFile` and `NotKept` as `store_file`.
    """
    office = office_of(by, now=now)
    digest = store_file(upload.content, mime=upload.mime, now=now)
    same_file = PlanVersion.objects.filter(blob=bytes.fromhex(digest), plan__office=office)
    known = same_file.exclude(state=VersionState.ABANDONED).select_related("plan").first()
    if known is not None:
        raise KnownFile(
            f"该文件是《{known.plan.name}》第 {known.number} 版", remedy="请在方案列表中打开它，不必再传一次。"
        )
    found = _reading_of(upload.content)
    called = _name(name, upload, found)
    same = Plan.objects.filter(office=office, name=called).first()
    if same is not None:
        return upload_version(same, upload, by=by, now=now)
    with transaction.atomic():
        plan = Plan.objects.create(region_code=office.region_code, name=called, office=office, created_at=now)
        return _begun(plan, upload, digest, found, by=by, now=now)


def upload_version(plan: Plan, upload: Upload, *, by: Account, now: datetime) -> PlanVersion:
    """
    Take in the next version of a plan; as long as one is a draft, the file takes its place and decisions stay.

    Raises: `NotTheOffice`; `BadFile` and `NotKept` as `store_file`.
    """
    check_office(plan, by=by, now=now)
    digest = store_file(upload.content, mime=upload.mime, now=now)
    found = _reading_of(upload.content)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        _call_by_title(plan, found)
        draft = PlanVersion.objects.filter(plan=plan, state=VersionState.DRAFT).select_for_update().first()
        if draft is None or isinstance(found, Unreadable):
            return _begun(plan, upload, digest, found, by=by, now=now)
        draft.blob_id, draft.file_name = bytes.fromhex(digest), clean_name(upload.file_name)
        draft.uploaded_by, draft.uploaded_at = by, now
        keep_reading(draft, found, now=now)
        return draft


def read_again(version: PlanVersion, *, by: Account, now: datetime) -> Reread:
    """
    Read the stored file of a draft again, or of a version that could not be read; what people decided stays.

    Raises: `NotTheOffice`; `NotADraft` for a version that is published, or while the plan has another draft.
    """
    check_office(version.plan, by=by, now=now)
    with default_storage.open(path_of(bytes(version.blob_id).hex())) as file:
        found = _reading_of(file.read())
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=version.plan_id)
        locked = PlanVersion.objects.select_for_update().get(pk=version.pk)
        others = PlanVersion.objects.filter(plan=version.plan_id, state=VersionState.DRAFT).exclude(pk=version.pk)
        if locked.state not in UNPUBLISHED or others.exists():
            raise NotADraft("只有待确认的草稿可以重新读取", remedy="请刷新页面；需要调整的，请上传新版本。")
        return _taken(locked, found, now=now)


@transaction.atomic
def abandon(version: PlanVersion, *, by: Account, now: datetime) -> None:
    """
    Give up a draft, or a file that cannot be read: it is kept, but nobody works on it.

    Raises: `NotTheOffice`; `NotADraft` for a version that was published.
    """
    check_office(version.plan, by=by, now=now)
    locked = PlanVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state not in UNPUBLISHED:
        raise NotADraft("已发布的版本不能放弃", remedy="需要调整的，请上传新版本。")
    locked.state = VersionState.ABANDONED
    locked.save()


def _begun(
    plan: Plan, upload: Upload, digest: str, found: Reading | Unreadable, *, by: Account, now: datetime
) -> PlanVersion:
    last = PlanVersion.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(
        plan=plan,
        number=last + 1,
        state=VersionState.UNREADABLE,
        blob_id=bytes.fromhex(digest),
        file_name=clean_name(upload.file_name) or digest[:12],
        uploaded_by=by,
        uploaded_at=now,
    )
    _taken(version, found, now=now)
    return version


def _taken(version: PlanVersion, found: Reading | Unreadable, *, now: datetime) -> Reread:
    if isinstance(found, Unreadable):
        if version.state == VersionState.UNREADABLE:
            version.refusal, version.read_at = f"{found.detail}{found.remedy}", now
            version.save()
        return NOTHING
    version.state = VersionState.DRAFT
    return keep_reading(version, found, now=now)


def _call_by_title(plan: Plan, found: Reading | Unreadable) -> None:
    """Call a plan by the title of its first readable document, as long as only a file gave it a name."""
    first = PlanVersion.objects.filter(plan=plan).order_by("number").first()
    if isinstance(found, Unreadable) or first is None or first.state != VersionState.UNREADABLE:
        return
    if found.front.title and plan.name == PurePath(first.file_name).stem:
        plan.name = found.front.title[:LONGEST_NAME]
        plan.save()


def _reading_of(content: bytes) -> Reading | Unreadable:
    try:
        return read(blocks_of_file(content))
    except Unreadable as refusal:
        return refusal


def _name(given: str, upload: Upload, found: Reading | Unreadable) -> str:
    title = "" if isinstance(found, Unreadable) else found.front.title
    said = given.strip() or title or PurePath(clean_name(upload.file_name)).stem or "未命名方案"
    return re.sub(r"\s+", " ", said)[:LONGEST_NAME]

"""方案: the plans around a person, bringing a document, its file, and reading it again."""

import mimetypes
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fuyuantong.desk.plans.shelf import opened, opened_by_office
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.services.files import LARGEST, BadFile, path_of
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.queries.documents import plans_on, shelf_of
from fuyuantong.plans.services.versions import Upload, abandon, read_again, upload_plan, upload_version
from fuyuantong.plans.vocabulary import VERSION_TITLES, VersionState
from fuyuantong.reading.sources.files import ACCEPTED
from fuyuantong.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def plans(visit: Visit) -> HttpResponse:
    """Show the plans around the person, and take in the document of a new one."""
    refusal = None
    if visit.request.method == "POST":
        try:
            name = visit.request.POST.get("name", "")
            version = upload_plan(_sent(visit), name=name, by=visit.account, now=visit.now)
            return _went_in(visit, version, is_new=True)
        except Refusal as found:
            refusal = found
    shelf = shelf_of(visit.account, at=visit.now)
    context = {
        "plans": plans_on(shelf, at=visit.now),
        "may_upload": bool(shelf.offices),
        "states": VERSION_TITLES,
        "accepted": ACCEPTED,
        "refusal": refusal,
    }
    return visit.page("desk/plans/list.html", context)


@require_POST
@at_desk
def next_version(visit: Visit, uid: UUID) -> HttpResponse:
    """Take in the next version of a plan, or another file for its draft."""
    found = opened_by_office(visit, uid)
    version = upload_version(found.version.plan, _sent(visit), by=visit.account, now=visit.now)
    return _went_in(visit, version, is_new=False)


@require_POST
@at_desk
def read_file_again(visit: Visit, uid: UUID, number: int) -> HttpResponse:
    """Read the stored file again; what people decided stays."""
    version = opened_by_office(visit, uid, number).version
    told = read_again(version, by=visit.account, now=visit.now)
    version.refresh_from_db()
    if version.state == VersionState.UNREADABLE:
        messages.warning(visit.request, "文件仍然无法读取，原因见下。")
    else:
        said = f"已重新读取：{told.again} 项与原来相同（处理结果不变），新增 {told.new} 项，减少 {told.gone} 项"
        left = f"，另有 {told.left} 项是人工增改的，照旧保留" if told.left else ""
        messages.success(visit.request, f"{said}{left}。")
    return redirect("plan-version", uid=uid, number=number)


@require_POST
@at_desk
def abandon_version(visit: Visit, uid: UUID, number: int) -> HttpResponse:
    """Give up a draft, or a file that cannot be read."""
    version = opened_by_office(visit, uid, number).version
    abandon(version, by=visit.account, now=visit.now)
    messages.success(visit.request, f"《{version.plan.name}》第 {number} 版已放弃，文件仍然保存。")
    return redirect("plans")


@require_safe
@at_desk
def plan_file(visit: Visit, uid: UUID, number: int) -> HttpResponse:
    """Hand out the file as it came, always as a download."""
    version = opened(visit, uid, number).version
    stored = default_storage.open(path_of(bytes(version.blob_id).hex()))
    answer = FileResponse(
        stored, as_attachment=True, filename=version.file_name, content_type="application/octet-stream"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _sent(visit: Visit) -> Upload:
    sent = visit.request.FILES.get("file")
    if sent is None or sent.size is None or sent.size > LARGEST:
        raise BadFile("没有收到文件，或者文件超过 100 MB", remedy=f"请选择方案文件。{ACCEPTED}", field="file")
    mime = mimetypes.guess_type(sent.name or "")[0] or "application/octet-stream"
    return Upload(content=sent.read(), file_name=sent.name or "", mime=mime)


def _went_in(visit: Visit, version: PlanVersion, *, is_new: bool) -> HttpResponse:
    if version.state == VersionState.UNREADABLE:
        messages.warning(visit.request, "文件已保存，但是无法读取，原因见下。")
    else:
        messages.success(visit.request, "已读取，请对照原文逐项确认。")
    if is_new and version.number > 1:
        messages.info(
            visit.request,
            f"本地区已有同名方案，这份文件作为它的第 {version.number} 版；确为另一份方案的，请另填名称重新上传。",
        )
    return redirect("plan-version", uid=version.plan.uid, number=version.number)

"""工作日历: the notices in force; another year's is looked at first, with the clocks that it would move, then adopted."""

from collections import Counter

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.clock.calendar import BadNotice
from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.typed import whole
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.services.holiday_notices import LONGEST, NoticePreview, adopt_notice, preview_notice
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.refusal import Refusal

SALT = "fuyuantong.notice"
AN_HOUR = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SECURITY_ADMINISTRATOR)
def calendars(visit: Visit) -> HttpResponse:
    """Show the notices; look at another, or adopt it."""
    if visit.request.method != "POST":
        return _shown(visit, None, "", None)
    try:
        if "sealed" in visit.request.POST:
            return _adopted(visit)
        year, text = whole(visit.request.POST, "year", title="年份"), _text(visit)
        found = preview_notice(text, year=year, now=visit.now)
    except Refusal as refusal:
        return _shown(visit, None, "", refusal)
    return _shown(visit, found, signing.dumps([year, text], salt=SALT, compress=True), None)


def _adopted(visit: Visit) -> HttpResponse:
    try:
        year, text = signing.loads(visit.request.POST["sealed"], salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature as fault:
        raise BadNotice("预览已超过一小时，或者内容被改动", remedy="请重新上传。", field="file") from fault
    notice = adopt_notice(text, year=year)
    messages.success(visit.request, f"已采用《{notice.title}》，受影响的期限将在 5 分钟内逐件重算并留痕。")
    return redirect("administration-calendar")


def _text(visit: Visit) -> str:
    file = visit.request.FILES.get("file")
    if file is None or file.size is None or file.size > LONGEST:
        raise BadNotice("没有收到文件，或者文件过大", remedy="请选择一年一个的 CSV 文件。", field="file")
    try:
        text: str = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadNotice("文件不是 UTF-8 编码", remedy="请另存为 UTF-8 编码的 CSV 文件。", field="file") from fault
    return text


def _shown(visit: Visit, found: NoticePreview | None, sealed: str, refusal: Refusal | None) -> HttpResponse:
    moved = Counter(found.moved) if found else Counter()
    tags = tags_by_id({clock.holder_id for clock in moved if clock.holder_id is not None}, on=visit.today)
    notices = sorted(current_calendar().notices, key=lambda notice: -notice.year)
    context = {
        "refusal": refusal,
        "found": found,
        "moved": [(clock, tags.get(clock.holder_id or 0), times) for clock, times in moved.items()],
        "sealed": sealed,
        "notices": notices[:6],
        "older": len(notices[6:]),
        "next_year": notices[0].year + 1,
        "typed": visit.request.POST,
    }
    return visit.page("desk/administration/calendars.html", context)

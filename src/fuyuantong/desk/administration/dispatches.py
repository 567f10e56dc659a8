"""通知发送: how the ways outward do, and what did not get out; for the system administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.notices.notices_page import whole_number
from fuyuantong.desk.visit import Visit
from fuyuantong.notices.channels import channels
from fuyuantong.notices.queries import PAGE, health, troubled
from fuyuantong.notices.services.resending import send_again
from fuyuantong.notices.vocabulary import DispatchState
from fuyuantong.organs.vocabulary import PostKind


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def dispatches(visit: Visit) -> HttpResponse:
    """Show every channel and a page of what failed; let one dispatch, or all of a channel, be sent again."""
    if visit.request.method == "POST":
        return _send_again(visit)
    before = whole_number(visit.request.GET.get("before", ""))
    found = troubled(by=visit.account, now=visit.now, before=before)
    titles = {key: channel.title for key, channel in channels().items()}
    rows = [(row, titles.get(row.channel, row.channel), row.state == DispatchState.DEAD) for row in found[:PAGE]]
    return visit.page(
        "desk/administration/dispatches.html",
        {
            "health": health(by=visit.account, now=visit.now),
            "rows": rows,
            "before": found[PAGE - 1].pk if len(found) > PAGE else None,
        },
    )


def _send_again(visit: Visit) -> HttpResponse:
    asked = visit.request.POST
    waiting = send_again(
        by=visit.account,
        now=visit.now,
        dispatch_id=whole_number(asked.get("dispatch", "")),
        channel=asked.get("channel", ""),
    )
    messages.success(visit.request, f"{waiting} 条将在一分钟内重新发送。")
    return redirect("administration-dispatches")

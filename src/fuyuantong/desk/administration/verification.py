"""留痕校验: the worker holds every trail against what it says; the result stands on the security log for good."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from fuyuantong.accounts.security_log import Filters, events
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.tasks import verify_trails
from fuyuantong.desk.visit import Visit
from fuyuantong.organs.vocabulary import PostKind


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.AUDITOR)
def verification(visit: Visit) -> HttpResponse:
    """Show the results so far; have the worker verify anew."""
    if visit.request.method != "POST":
        done = events(Filters(kind=SecurityKind.TRAILS_VERIFIED)).events
        return visit.page("desk/administration/verification.html", {"done": done, "waiting": _waiting()})
    if not _waiting():
        _ask(visit)
    messages.success(visit.request, "已安排校验，可以离开本页，完成后结果列在下面。")
    return redirect("administration-verification")


def _ask(visit: Visit) -> None:
    try:
        with transaction.atomic():
            verify_trails.defer(account_id=visit.account.pk)
    except AlreadyEnqueued:
        return  # somebody asked at the same moment: one answer serves both


def _waiting() -> bool:
    jobs = ProcrastinateJob.objects.filter(task_name=verify_trails.name, status__in=("todo", "doing"))
    return jobs.exists()

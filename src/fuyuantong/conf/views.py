"""The plain page that shows the county's state until the desk exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.matters.ledger import Total, total
from fuyuantong.matters.ledger_query import Filters
from fuyuantong.matters.models.matter import Phase
from fuyuantong.matters.sight import Reader, reading_as
from fuyuantong.organs.models import Account, Organ


@dataclass(frozen=True)
class Standing:
    """Count the matters of one mechanism, or of all, as far as the reader sees them."""

    title: str
    open: Total
    overdue: Total
    closed: Total


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how many organs and matters there are, under the reader's own rights."""
    now = timezone.now()
    yesterday = timezone.localdate(now) - timedelta(days=1)
    account = request.user if isinstance(request.user, Account) else None
    with reading_as(account, at=now) as reader:
        standing = {
            "organs": Organ.objects.count(),
            "all": _standing(reader, "", title="全部", yesterday=yesterday),
            "by_mechanism": tuple(_by_mechanism(reader, yesterday=yesterday)),
        }
    return render(request, "home.html", standing)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer whether the web process reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return JsonResponse({"status": "database-unreachable"}, status=503)
    return JsonResponse({"status": "ok"})


def _by_mechanism(reader: Reader, *, yesterday: date) -> Iterator[Standing]:
    for key, mechanism in MECHANISMS.items():
        yield _standing(reader, key, title=mechanism.title, yesterday=yesterday)


def _standing(reader: Reader, mechanism: str, *, title: str, yesterday: date) -> Standing:
    return Standing(
        title=title,
        open=total(reader, filters=Filters(mechanism=mechanism, phase=Phase.OPEN)),
        overdue=total(reader, filters=Filters(mechanism=mechanism, due_to=yesterday)),
        closed=total(reader, filters=Filters(mechanism=mechanism, phase=Phase.CLOSED)),
    )

"""The plain page that shows the county's state until the desk exists."""

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fuyuantong.matters.county_state import county_state


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how many organs there are and how many matters stand where."""
    return render(request, "home.html", {"county": county_state(timezone.now())})


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

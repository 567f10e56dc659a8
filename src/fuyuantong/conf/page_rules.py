"""What holds for every page: what a browser may load, and how a refusal is shown."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.security_log import write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.desk.visit import Visit
from fuyuantong.organs.models import Account
from fuyuantong.refusal import Concealed, Refusal

# pictures as data: the style sheet of the kit brings the ticks of its boxes so
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=()"
UNPROCESSABLE = 422
NOT_FOUND = 404
LONGEST_PATH = 300

Respond = Callable[[HttpRequest], HttpResponse]


class PageRules:
    """Let a page load only what this site serves as files, and show a refusal in its own words."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = POLICY
        response["Permissions-Policy"] = PERMISSIONS
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of a refusal; anything else is an error and none of ours."""
        if not isinstance(exception, Refusal):
            return None
        now, status = timezone.now(), NOT_FOUND if isinstance(exception, Concealed) else UNPROCESSABLE
        if not isinstance(request.user, Account):
            return render(request, "refusal.html", {"refusal": exception}, status=status)
        if isinstance(exception, Concealed):
            _write_down(request, exception, now)
        return Visit(request, now=now).page("refusal.html", {"refusal": exception}, status=status)


def _write_down(request: HttpRequest, refused: Concealed, now: datetime) -> None:
    detail = {"refusal": refused.key, "what": refused.detail, "path": request.path[:LONGEST_PATH]}
    origin = origin_of(request)
    write_event(SecurityKind.READ_REFUSED, account=request.user, origin=origin, now=now, detail=detail)

"""What holds for every page: what a browser may load, and how a refusal is shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fuyuantong.desk.visit import Visit
from fuyuantong.refusal import Refusal

# pictures as data: the style sheet of the kit brings the ticks of its boxes so
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=()"
UNPROCESSABLE = 422

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
        if request.user.is_authenticated:
            return Visit(request, now=timezone.now()).page("refusal.html", {"refusal": exception}, status=UNPROCESSABLE)
        return render(request, "refusal.html", {"refusal": exception}, status=UNPROCESSABLE)

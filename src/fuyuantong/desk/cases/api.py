"""The register's door for a court's own system: statements as JSON lines, answered with what came of them."""

from io import BufferedReader, RawIOBase
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.lines import TooMuch
from fuyuantong.registers.cases.services.receiving import FaultyRows, receive, told
from fuyuantong.registers.cases.services.tokens import NoSuchToken, bearer_of

SCHEME: Final = "Bearer "
WISHES: Final = {"good_only": "good_rows", "reopen": "reopen", "override": "override"}
PROBLEM: Final = "application/problem+json"
BLOCK: Final = 2**16
UNAUTHORIZED, TOO_LARGE, UNPROCESSABLE = 401, 413, 422


class _Body(RawIOBase):
    """The body of a request in blocks: the web server's own reading by lines ends after the first."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._request.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def statements(request: HttpRequest) -> JsonResponse:
    """Take statements; a refusal is a problem of RFC 9457, faults by row and column."""
    now, shown = timezone.now(), request.headers.get("Authorization", "")
    token = bearer_of(shown.removeprefix(SCHEME), now=now) if shown.startswith(SCHEME) else None
    if token is None:
        refusal = NoSuchToken("令牌无效或者已经撤销", remedy="请向本院系统管理人员申请令牌。", field="token")
        return _problem(refusal, UNAUTHORIZED)
    wishes = {wish: request.GET.get(name) == "1" for wish, name in WISHES.items()}
    key = request.headers.get("Idempotency-Key", "")
    try:
        sent = BufferedReader(_Body(request), BLOCK)
        return JsonResponse(receive(sent.readline, token=token, key=key, **wishes, now=now))
    except FaultyRows as refusal:
        return _problem(refusal, UNPROCESSABLE, **refusal.counts, faults=told(refusal.faults))
    except TooMuch as refusal:
        return _problem(refusal, TOO_LARGE)
    except Refusal as refusal:
        return _problem(refusal, UNPROCESSABLE)


def _problem(refusal: Refusal, status: int, **more: Any) -> JsonResponse:
    body = {**refusal.as_problem(), "status": status, **more}
    response = JsonResponse(body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    if status == UNAUTHORIZED:
        response["WWW-Authenticate"] = SCHEME.strip()
    return response

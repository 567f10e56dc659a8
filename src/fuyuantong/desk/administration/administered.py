"""A page of one administrator: nobody else may, and both acts and refusals are written down."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.security_log import write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.organs.vocabulary import POST_TITLES, PostKind
from fuyuantong.refusal import Refusal

REFUSED: Final = 400
FORBIDDEN: Final = 403
LONGEST_FIELD: Final = 200
# what is no field of the act: the token of the form, and a table that was previewed and is carried along
_LEFT_OUT: Final = frozenset({"csrfmiddlewaretoken", "sealed"})


class NotYourPart(Refusal):
    """Refuse a page of administration to who does not hold the post it belongs to."""

    key = "not-your-part"
    title = "不属于您的职责"


_Rest = ParamSpec("_Rest")
_View = Callable[Concatenate[Visit, _Rest], HttpResponse]


def administers(part: PostKind) -> Callable[[_View[_Rest]], Callable[Concatenate[HttpRequest, _Rest], HttpResponse]]:
    """
    Turn a function of a visit into a page of one administrator.

    Whoever does not hold the post is refused, and that is written down; so is every act, in the transaction of the act.
    """

    def decorated(view: _View[_Rest]) -> Callable[Concatenate[HttpRequest, _Rest], HttpResponse]:
        @wraps(view)
        def answered(visit: Visit, *args: _Rest.args, **kwargs: _Rest.kwargs) -> HttpResponse:
            if not visit.person.holds(part):
                return _refused(visit, part)
            if visit.request.method != "POST":
                return view(visit, *args, **kwargs)
            with transaction.atomic():
                response = view(visit, *args, **kwargs)
                if response.status_code < REFUSED:
                    _write(SecurityKind.ADMINISTERED, visit)
                else:
                    # what was done before the refusal is no half of an act
                    transaction.set_rollback(True)
            return response

        page = at_desk(answered)
        page.part = part  # type: ignore[attr-defined]
        return page

    return decorated


def _refused(visit: Visit, part: PostKind) -> HttpResponse:
    _write(SecurityKind.ADMINISTRATION_REFUSED, visit)
    refusal = NotYourPart(
        f"这一页由{POST_TITLES[part]}使用", basis="GB/T 22239-2019 三员分立", remedy="确有需要的，请与该管理员联系。"
    )
    return visit.page("refusal.html", {"refusal": refusal}, status=FORBIDDEN)


def _write(kind: SecurityKind, visit: Visit) -> None:
    request = visit.request
    match = request.resolver_match
    fields = {name: value[:LONGEST_FIELD] for name, value in request.POST.items() if name not in _LEFT_OUT and value}
    detail = {"page": match.url_name if match else "", "path": request.path[:LONGEST_FIELD], "fields": fields}
    write_event(kind, account=visit.account, origin=origin_of(request), now=visit.now, detail=detail)

"""通知设置: by which ways, how soon and at which hours the person wants to be told outside the system."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.notices.channels import channels
from fuyuantong.notices.models import NoticeWish
from fuyuantong.notices.queries import wish_of
from fuyuantong.notices.services.wishes import Wished, WishRefused, wish
from fuyuantong.notices.vocabulary import MAIL, Pace
from fuyuantong.refusal import Refusal

CLOCK = "%H:%M"


@dataclass(frozen=True, slots=True)
class Way:
    """One way outward as the form shows it."""

    key: str
    title: str
    pace: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form, as it was typed."""

    ways: tuple[Way, ...]
    mail_to: str
    begin: str
    end: str
    working_days_only: bool
    urgent_always: bool


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def wishes(visit: Visit) -> HttpResponse:
    """Show the form, or keep what was filled in."""
    if visit.request.method != "POST":
        with visit.reading() as reader:
            return _form(visit, _kept(wish_of(reader)))
    filled = _typed(visit.request.POST)
    try:
        wish(_wished(filled), by=visit.account)
    except Refusal as refusal:
        return _form(visit, filled, refusal=refusal)
    messages.success(visit.request, "通知设置已保存。")
    return redirect("notice-wishes")


def _form(visit: Visit, filled: Filled, *, refusal: Refusal | None = None) -> HttpResponse:
    context = {"filled": filled, "refusal": refusal, "paces": Pace.choices, "has_mail": MAIL in channels()}
    return visit.page("desk/notices/wishes.html", context)


def _kept(kept: NoticeWish) -> Filled:
    return Filled(
        ways=tuple(_ways({key: kept.pace(key) for key in channels()})),
        mail_to=kept.mail_to,
        begin=kept.from_time.strftime(CLOCK),
        end=kept.until_time.strftime(CLOCK),
        working_days_only=kept.working_days_only,
        urgent_always=kept.urgent_always,
    )


def _typed(typed: QueryDict) -> Filled:
    return Filled(
        ways=tuple(_ways({key: typed.get(f"pace-{key}", "") for key in channels()})),
        mail_to=typed.get("mail_to", "").strip(),
        begin=typed.get("begin", ""),
        end=typed.get("end", ""),
        working_days_only="working_days_only" in typed,
        urgent_always="urgent_always" in typed,
    )


def _ways(paces: dict[str, str]) -> Iterator[Way]:
    for key, channel in channels().items():
        yield Way(key, channel.title, paces[key])


def _wished(filled: Filled) -> Wished:
    return Wished(
        paces={way.key: way.pace for way in filled.ways},
        mail_to=filled.mail_to,
        begin=_time(filled.begin, "begin"),
        end=_time(filled.end, "end"),
        working_days_only=filled.working_days_only,
        urgent_always=filled.urgent_always,
    )


def _time(said: str, field: str) -> time:
    try:
        return time.fromisoformat(said)
    except ValueError as fault:
        raise WishRefused(f"“{said}”不是时间", remedy="请写作 08:30。", field=field) from fault

"""账号: opening and closing, posts, cover, handover, first passwords, locks and lost factors."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong.accounts.adapters import origin_of
from fuyuantong.accounts.guarding import locked_until, unlock
from fuyuantong.accounts.passwords import give_password
from fuyuantong.accounts.second_factor import has_factor, needs_factor, take_factors
from fuyuantong.accounts.sessions import end_sessions, sessions_of
from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.typed import BadField, moment
from fuyuantong.desk.organ_tags import tags_by_id
from fuyuantong.desk.visit import Visit
from fuyuantong.organs.models import Account, Cover, Organ, Tenure
from fuyuantong.organs.queries import account_by_username, organ_by_code, organs_in
from fuyuantong.organs.rolls import account_roll, holds_now, tenures_of
from fuyuantong.organs.staffing import (
    appoint,
    close_account,
    cover,
    end_cover,
    end_tenure,
    hand_over,
    open_account,
    open_post,
)
from fuyuantong.organs.vocabulary import ADMINISTRATORS, POST_TITLES, PostKind
from fuyuantong.refusal import Refusal

WORKING = {kind: title for kind, title in POST_TITLES.items() if kind not in ADMINISTRATORS}


class NotHere(Refusal):
    """Refuse to give one of the three posts here: the 安全管理员 does."""

    key = "administrators-elsewhere"
    title = "三员由安全管理员任免"
    remedy = "请由安全管理员在“三员”页面办理。"


@require_safe
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def accounts(visit: Visit) -> HttpResponse:
    """Show the accounts of the place."""
    asked = visit.request.GET
    words, organ, after = (asked.get(name, "").strip()[:60] for name in ("q", "organ", "after"))
    roll = account_roll(words=words, organ_code=organ, at=visit.now, after=after)
    ids = {tenure.post.organ_id for account in roll.accounts for tenure in account.today}  # type: ignore[attr-defined]
    tags = tags_by_id(ids, on=visit.today)
    lines = [
        (account, [(tags.get(tenure.post.organ_id), tenure.post) for tenure in account.today])  # type: ignore[attr-defined]
        for account in roll.accounts
    ]
    context = {"roll": roll, "lines": lines, "words": words, "organ_code": organ}
    return visit.page("desk/administration/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def new_account(visit: Visit) -> HttpResponse:
    """Open an account, with its first post and password, on a sheet that is shown once."""
    fields = visit.request.POST
    if visit.request.method != "POST":
        return _new_account(visit, None)
    try:
        account = open_account(
            fields.get("username", ""), display_name=fields.get("name", ""), by=visit.account, now=visit.now
        )
        _appoint(visit, account)
    except Refusal as refusal:
        return _new_account(visit, refusal)
    return _sheet(visit, account)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PostKind.SYSTEM_ADMINISTRATOR)
def account_page(visit: Visit, username: str) -> HttpResponse:
    """Show an account; do what was asked for."""
    account = account_by_username(username)
    if visit.request.method != "POST":
        return _account_page(visit, account, None)
    act = ACTS.get(visit.request.POST.get("act", ""))
    if act is None:
        return _account_page(visit, account, BadField("没有这个操作", remedy="请刷新页面后重试。", field="act"))
    try:
        answer = act(visit, account)
    except Refusal as refusal:
        return _account_page(visit, account, refusal)
    if isinstance(answer, HttpResponse):
        return answer
    messages.success(visit.request, answer)
    return redirect("administration-account", username=account.username)


def _close(visit: Visit, account: Account) -> str:
    if holds_now(account, ADMINISTRATORS, at=visit.now):
        raise NotHere(
            f"{account.display_name} 现任管理员，不能在此停用",
            basis="GB/T 22239-2019 三员分立",
            remedy="请先由安全管理员免去其管理员岗位。",
            field="act",
        )
    close_account(account, by=visit.account, now=visit.now)
    end_sessions(account, but=None, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    return "账号已停用，登录已全部终止。"


def _unlock(visit: Visit, account: Account) -> str:
    was_locked = unlock(account, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    return "已解除锁定。" if was_locked else "账号没有被锁定，计数已清零。"


def _take_factors(visit: Visit, account: Account) -> str:
    taken = take_factors(account, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    return f"第二验证已停用（{taken} 项）。"


def _end_sessions(visit: Visit, account: Account) -> str:
    ended = end_sessions(account, but=None, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    return f"已终止 {ended} 处登录。"


def _sheet(visit: Visit, account: Account) -> HttpResponse:
    password = give_password(account, by=visit.account, origin=origin_of(visit.request), now=visit.now)
    slip = {"username": account.username, "name": account.display_name, "password": password}
    response = visit.page("desk/administration/sheet.html", {"slips": [slip]})
    response["Cache-Control"] = "no-store"
    return response


def _appoint(visit: Visit, account: Account) -> str:
    fields = visit.request.POST
    kind = fields.get("kind", "")
    if kind in ADMINISTRATORS:
        raise NotHere(f"“{POST_TITLES[PostKind(kind)]}”不在此任命", basis="GB/T 22239-2019 三员分立", field="kind")
    organ = organ_by_code(fields.get("organ", ""))
    title = fields.get("title", "").strip() or WORKING.get(PostKind(kind), "") if kind in set(PostKind) else kind
    post = open_post(organ, kind=kind, title=title, by=visit.account, now=visit.now)
    since = moment(fields, "since", title="任职开始", now=visit.now)
    appoint(account, post=post, since=since, until=None, by=visit.account, now=visit.now)
    return "已任职。"


def _end_tenure(visit: Visit, account: Account) -> str:
    at = moment(visit.request.POST, "at", title="免职日期", now=visit.now)
    end_tenure(_tenure(visit, account), at=at, by=visit.account, now=visit.now)
    return "任职已终止。"


def _hand_over(visit: Visit, account: Account) -> str:
    fields = visit.request.POST
    successor = account_by_username(fields.get("to", ""))
    at = moment(fields, "at", title="交接日期", now=visit.now)
    hand_over(_tenure(visit, account), to_account=successor, at=at, by=visit.account, now=visit.now)
    return f"岗位已交接给 {successor.display_name}。"


def _hand_over_all(visit: Visit, account: Account) -> str:
    fields = visit.request.POST
    successor = account_by_username(fields.get("to", ""))
    at = moment(fields, "at", title="交接日期", now=visit.now)
    held = [tenure for tenure in tenures_of(account) if at in tenure.valid and tenure.post_kind not in ADMINISTRATORS]
    if not held:
        raise BadField("没有可以交接的任职", remedy="管理员的任职由安全管理员办理。", field="to")
    for tenure in held:
        hand_over(tenure, to_account=successor, at=at, by=visit.account, now=visit.now)
    return f"{len(held)} 项任职已交接给 {successor.display_name}。"


def _cover(visit: Visit, account: Account) -> str:
    fields = visit.request.POST
    deputy = account_by_username(fields.get("to", ""))
    since = moment(fields, "since", title="代理开始", now=visit.now)
    if not fields.get("until"):
        raise BadField("请填写代理到哪一天为止", remedy="代理须有期限。", field="until")
    until = moment(fields, "until", title="代理结束", now=visit.now)
    cover(_tenure(visit, account), to_account=deputy, since=since, until=until, by=visit.account, now=visit.now)
    return f"已由 {deputy.display_name} 代理。"


def _end_cover(visit: Visit, account: Account) -> str:
    number = visit.request.POST.get("cover", "")
    found = Cover.objects.filter(from_tenure__account=account, pk=int(number) if number.isdecimal() else 0).first()
    if found is None:
        raise BadField("没有这项代理", remedy="请刷新页面后重试。", field="cover")
    end_cover(found, at=visit.now, by=visit.account, now=visit.now)
    return "代理已终止。"


ACTS: dict[str, Callable[[Visit, Account], str | HttpResponse]] = {
    "close": _close,
    "unlock": _unlock,
    "password": _sheet,
    "factors": _take_factors,
    "sessions": _end_sessions,
    "appoint": _appoint,
    "end-tenure": _end_tenure,
    "hand-over": _hand_over,
    "hand-over-all": _hand_over_all,
    "cover": _cover,
    "end-cover": _end_cover,
}


def _tenure(visit: Visit, account: Account) -> Tenure:
    number = visit.request.POST.get("tenure", "")
    found = Tenure.objects.filter(account=account, pk=int(number) if number.isdecimal() else 0).first()
    if found is None:
        raise BadField("没有这项任职", remedy="请刷新页面后重试。", field="tenure")
    if found.post_kind in ADMINISTRATORS:
        raise NotHere("三员的任职不在此办理", basis="GB/T 22239-2019 三员分立", field="tenure")
    return found


def _new_account(visit: Visit, refusal: Refusal | None) -> HttpResponse:
    context = {"refusal": refusal, "typed": visit.request.POST, **_choices(visit)}
    return visit.page("desk/administration/new_account.html", context)


def _account_page(visit: Visit, account: Account, refusal: Refusal | None) -> HttpResponse:
    tenures = tenures_of(account)
    tags = tags_by_id({tenure.post.organ_id for tenure in tenures}, on=visit.today)
    context = {
        "account": account,
        "refusal": refusal,
        "typed": visit.request.POST,
        "tenures": [
            {
                "tenure": tenure,
                "organ": tags.get(tenure.post.organ_id),
                "kind": POST_TITLES[PostKind(tenure.post_kind)],
                "over": tenure.valid.upper is not None and tenure.valid.upper <= visit.now,
                "apart": tenure.post_kind in ADMINISTRATORS,
                "covers": [found for found in tenure.covers.all() if found.valid.upper > visit.now],
            }
            for tenure in tenures
        ],
        "locked_until": locked_until(account, now=visit.now),
        "has_factor": has_factor(account),
        "needs_factor": needs_factor(account, now=visit.now),
        "sessions": sessions_of(account, current=None),
        "apart": any(tenure.post_kind in ADMINISTRATORS for tenure in tenures),
        **_choices(visit),
    }
    return visit.page("desk/administration/account.html", context)


def _choices(visit: Visit) -> dict[str, Any]:
    own = Organ.objects.filter(pk__in={post.organ_id for post in visit.person.posts}).first()
    return {"kinds": WORKING.items(), "organs": organs_in(own.region_code, on=visit.today) if own else []}

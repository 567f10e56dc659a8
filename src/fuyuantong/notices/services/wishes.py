"""How each person wants to be told outside the system."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from fuyuantong.matters.session import one_act
from fuyuantong.notices.channels import channels
from fuyuantong.notices.hours import Hours
from fuyuantong.notices.models import NoticeWish
from fuyuantong.notices.vocabulary import MAIL, Pace
from fuyuantong.organs.models import Account
from fuyuantong.refusal import Refusal


class WishRefused(Refusal):
    """Refuse hours that never are, a way that there is not, or an address that is none."""

    key = "notice-wish-refused"
    title = "通知设置有误"


@dataclass(frozen=True, slots=True)
class Wished:
    """What a person fills in. Shape: `paces` by channel."""

    paces: Mapping[str, str]
    mail_to: str
    begin: time
    end: time
    working_days_only: bool
    urgent_always: bool


def wishes_of(accounts: Iterable[int]) -> dict[int, NoticeWish]:
    """Return how accounts want to be told; who never said gets what is usual."""
    wanted = set(accounts)
    found = {wish.account_id: wish for wish in NoticeWish.objects.filter(account__in=wanted)}
    return {account: found.get(account) or NoticeWish(account_id=account) for account in wanted}


def hours_of(wish: NoticeWish) -> Hours:
    """Return the hours in which a person may be disturbed."""
    return Hours(wish.from_time, wish.until_time, wish.working_days_only)


def wish(wished: Wished, *, by: Account) -> NoticeWish:
    """
    Keep how a person wants to be told from now on.

    Raises: `WishRefused`.
    """
    _check(wished)
    with one_act():
        kept, _ = NoticeWish.objects.update_or_create(
            account=by,
            defaults={
                "paces": dict(wished.paces),
                "mail_to": wished.mail_to,
                "from_time": wished.begin,
                "until_time": wished.end,
                "working_days_only": wished.working_days_only,
                "urgent_always": wished.urgent_always,
            },
        )
    return kept


def _check(wished: Wished) -> None:
    if wished.begin >= wished.end:
        raise WishRefused(
            f"开始时间 {wished.begin:%H:%M} 不早于结束时间 {wished.end:%H:%M}",
            remedy="请填写当天之内、先早后晚的两个时间。",
            field="end",
        )
    for channel, pace in wished.paces.items():
        if channel not in channels() or pace not in Pace.values:
            raise WishRefused(f"“{channel}”的发送方式不可用", remedy="请从所列方式中选择。", field=f"pace-{channel}")
    if wished.mail_to:
        _check_address(wished.mail_to)
    elif wished.paces.get(MAIL, Pace.NEVER) != Pace.NEVER:
        raise WishRefused("选择了电子邮件，但没有填写邮箱", remedy="请填写邮箱，或选择不发送。", field="mail_to")


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as fault:
        raise WishRefused(f"“{address}”不是邮箱地址", remedy="请核对后重新填写。", field="mail_to") from fault

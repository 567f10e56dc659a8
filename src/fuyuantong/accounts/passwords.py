"""Passwords: given once on a sheet, then chosen by their owner, and changed in time."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from fuyuantong.accounts.models import PasswordStanding
from fuyuantong.accounts.security_log import MACHINE, Origin, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account, Tenure
from fuyuantong.organs.staffing import BadAccount
from fuyuantong.organs.vocabulary import ADMINISTRATORS
from fuyuantong.refusal import Refusal

LASTS: Final = timedelta(days=180)
BASIS: Final = "GB/T 22239-2019 8.1.4.1 身份鉴别（口令有复杂度要求并定期更换）"

_GROUPS: Final = 4
_LETTERS_OF_A_GROUP: Final = 4
# without what looks alike on paper: 0 o, 1 l i
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


class MachineOnly(Refusal):
    """Refuse to touch an administrator's credentials from a page: whoever could would be that administrator."""

    key = "machine-only"
    title = "不能在网页上办理"


@transaction.atomic
def give_password(account: Account, *, by: Account | None, origin: Origin, now: datetime) -> str:
    """
    Give an account a password that must be changed at the first sign-in; every session of it ends.

    Raises: `BadAccount` if it is closed; `MachineOnly` if it is an administrator's and this is not the machine itself.
    """
    if not Account.objects.filter(pk=account.pk, is_active=True).exists():
        raise BadAccount(f"账号 {account.username} 已停用", field="account")
    check_may_touch(account, origin=origin)
    password = "-".join(_group() for _ in range(_GROUPS))
    _keep(account, password, must_change=True, now=now)
    detail = {"account": account.username}
    write_event(SecurityKind.PASSWORD_GIVEN, account=by, origin=origin, now=now, detail=detail)
    return password


@transaction.atomic
def choose_password(account: Account, password: str, *, origin: Origin, now: datetime) -> None:
    """Keep the password that its owner chose; the form has held it against the rules."""
    _keep(account, password, must_change=False, now=now)
    write_event(SecurityKind.PASSWORD_CHANGED, account=account, origin=origin, now=now, detail={})


def must_change(account: Account, *, now: datetime) -> bool:
    """Say whether an account must choose another password before it may do anything else."""
    standing = PasswordStanding.objects.filter(account=account).first()
    return standing is not None and (standing.must_change or standing.set_at + LASTS <= now)


def check_may_touch(account: Account, *, origin: Origin) -> None:
    """
    Check that the credentials of an account may be renewed from there.

    Raises: `MachineOnly`.
    """
    if origin != MACHINE and Tenure.objects.filter(account=account, post_kind__in=ADMINISTRATORS).exists():
        raise MachineOnly(
            f"{account.display_name}（{account.username}）担任或曾任管理员",
            basis="GB/T 22239-2019 三员分立",
            remedy=f"请在服务器上由两人共同执行：fyt account password {account.username}",
            field="account",
        )


def _keep(account: Account, password: str, *, must_change: bool, now: datetime) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])
    PasswordStanding.objects.update_or_create(account=account, defaults={"set_at": now, "must_change": must_change})


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LETTERS_OF_A_GROUP))

"""`fyt case token`: a token with which a court's own system feeds the register; told once, listed, revoked."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.accounts.security_log import MACHINE
from fuyuantong.matters.console.output import BadOption
from fuyuantong.matters.services.actors import By
from fuyuantong.organs.identity import read_uid
from fuyuantong.organs.queries import account_by_username
from fuyuantong.registers.cases.services.feeding import court_of
from fuyuantong.registers.cases.services.tokens import Keeper, make_token, revoke_token, tokens


class Command(BaseCommand):
    """Make, list or revoke tokens of a court."""

    help = "法院办案系统接口的令牌"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", metavar="账号", required=True, help="登记记在该账号（法院的经办人）名下")
        parser.add_argument("--organ", metavar="单位", default="", help="以哪个单位登记（在多个单位任职时）")
        parser.add_argument("--make", metavar="名称", default="", help="新建，名称如“办案系统”；令牌只显示这一次")
        parser.add_argument("--revoke", metavar="编号", default="", help="撤销")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        now, by = timezone.now(), By(account_by_username(options["by"]), options["organ"])
        court, keeper = court_of(by, now), Keeper(by.account, MACHINE)
        data: dict[str, Any] = {}
        if options["make"]:
            made, data["token"] = make_token(options["make"], by=by, keeper=keeper, now=now)
            data["id"] = str(made.pk)
        if options["revoke"]:
            revoke_token(_uuid(options["revoke"]), keeper=keeper, now=now, court=court)
        data["tokens"] = [
            {
                "id": str(one.pk),
                "label": one.label,
                "account": one.account.username,
                "used": one.used_at.isoformat() if one.used_at else None,
                "revoked": one.revoked_at is not None,
            }
            for one in tokens(court=court)
        ]
        shown = [f"令牌（只显示这一次）：{data['token']}"] if "token" in data else []
        shown += [
            f"{one['id']} {one['label']}（{one['account']}）{'已撤销' if one['revoked'] else '有效'}"
            for one in data["tokens"]
        ]
        self.stdout.write(printed(data, shown, as_json=options["json"]))


def _uuid(text: str) -> UUID:
    uid = read_uid(text)
    if uid is None:
        raise BadOption(f"“{text}”不是编号", remedy="请从列表中复制编号。", field="revoke")
    return uid

"""`fyt account password`: a first password, or another one for who forgot it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.passwords import give_password
from fuyuantong.accounts.printing import printed
from fuyuantong.accounts.security_log import MACHINE
from fuyuantong.organs.queries import account_by_username


class Command(BaseCommand):
    """Give an account a password that must be changed at the first sign-in."""

    help = "发放初始密码：首次登录须修改"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", metavar="账号名")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        account, now = account_by_username(options["account"]), timezone.now()
        password = give_password(account, by=None, origin=MACHINE, now=now)
        data = {"account": account.username, "name": account.display_name, "password": password, "must_change": True}
        lines = [
            f"账号 {account.username}（{account.display_name}）的初始密码：{password}",
            "  只显示这一次；本人首次登录时须修改。该账号已有的登录全部失效。",
        ]
        self.stdout.write(printed(data, lines, as_json=options["json"]))

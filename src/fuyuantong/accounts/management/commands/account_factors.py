"""`fyt account factors`: take away second factors that were lost."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.accounts.second_factor import take_factors
from fuyuantong.accounts.security_log import MACHINE
from fuyuantong.organs.queries import account_by_username


class Command(BaseCommand):
    """Take all second factors of an account away."""

    help = "停用账号的第二验证（设备或口令表遗失时）"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", metavar="账号名")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        account, now = account_by_username(options["account"]), timezone.now()
        taken = take_factors(account, by=None, origin=MACHINE, now=now)
        data = {"account": account.username, "taken": taken}
        said = f"账号 {account.username} 的第二验证已停用（{taken} 项）；须使用第二验证的，下次登录时重新设置。"
        self.stdout.write(printed(data, [said], as_json=options["json"]))

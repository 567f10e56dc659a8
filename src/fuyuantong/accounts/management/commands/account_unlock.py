"""`fyt account unlock`: let a locked account try again at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.guarding import unlock
from fuyuantong.accounts.printing import printed
from fuyuantong.accounts.security_log import MACHINE
from fuyuantong.organs.queries import account_by_username


class Command(BaseCommand):
    """Unlock an account that was locked after too many attempts in vain."""

    help = "解除账号的登录锁定"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", metavar="账号名")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        account, now = account_by_username(options["account"]), timezone.now()
        was_locked = unlock(account, by=None, origin=MACHINE, now=now)
        data = {"account": account.username, "was_locked": was_locked}
        said = "已解除锁定" if was_locked else "没有被锁定，计数已清零"
        self.stdout.write(printed(data, [f"账号 {account.username} {said}。"], as_json=options["json"]))

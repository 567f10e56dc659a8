"""`fyt key destroy`: take a key away for good that nothing is kept under any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.accounts.printing import printed
from fuyuantong.matters.services.keys import destroy_key


class Command(BaseCommand):
    """Destroy an old key: backups that are older than its replacement show no secret any more."""

    help = "销毁一把旧密钥：此前备份中的保密内容从此不可读"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", metavar="密钥编号", help="如 2026-11-22.1")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        destroy_key(options["key"])
        data = {"destroyed": options["key"]}
        self.stdout.write(printed(data, [f"密钥 {options['key']} 已销毁。"], as_json=options["json"]))

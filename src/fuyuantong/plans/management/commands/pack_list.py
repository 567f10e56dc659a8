"""`fyt pack list`: the packs that come with the system."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.accounts.printing import printed
from fuyuantong.plans.pack_reading import pack_keys, pack_of


class Command(BaseCommand):
    """List the packs, one a line."""

    help = "列出方案包"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        packs = [pack_of(key) for key in pack_keys()]
        data = [
            {"key": pack.key, "title": pack.title, "region": pack.region, "tasks": len(pack.tasks)} for pack in packs
        ]
        lines = [f"{pack.key:<16}{pack.title}：任务 {len(pack.tasks)} 项，单位 {len(pack.organs)} 个" for pack in packs]
        self.stdout.write(printed(data, lines, as_json=options["json"]))

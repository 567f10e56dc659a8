"""`fyt matter upgrade`: running matters are led over to the current version of their mechanism."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.matters.services.amending import matters_behind, move_to_current_version
from fuyuantong.refusal import Refusal


class Command(BaseCommand):
    """Move what can be moved, one matter at a time, and name what stays on its version."""

    help = "将一个机制在办的事项转到现行版本"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mechanism", metavar="机制", help="如 judicial-suggestion；分项一并转")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        moved: list[str] = []
        stays: list[dict[str, str]] = []
        for uid in matters_behind(options["mechanism"]):
            try:
                move_to_current_version(uid, now=timezone.now())
                moved.append(uid)
            except Refusal as refusal:
                stays.append({"matter": uid, "why": refusal.detail})
        lines = [f"已转到现行版本 {len(moved)} 件，仍按原版本办理 {len(stays)} 件。"]
        lines += [f"  {one['matter']}  {one['why']}" for one in stays]
        self.stdout.write(printed({"moved": moved, "stays": stays}, lines, as_json=options["json"]))

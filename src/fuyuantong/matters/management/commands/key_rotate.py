"""`fyt key rotate`: a new key for what is kept secret, and all of it brought under it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.matters.services.keys import key_ring
from fuyuantong.matters.services.secrets import rotate_keys


class Command(BaseCommand):
    """Add a key and bring every secret under it; the site goes on meanwhile."""

    help = "更换保密密钥，并用新密钥重新加密全部保密内容"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        changed = rotate_keys(made_on=timezone.localdate())
        ring = key_ring()
        older = [key.id for key in ring.keys if key != ring.newest]
        lines = [f"现用密钥 {ring.newest.id}，已重新加密 {changed} 项。"]
        if older:
            lines.append(f"旧密钥 {'、'.join(older)} 仍留在密钥文件中；不再需要时：fyt key destroy 密钥编号。")
        data = {"key": ring.newest.id, "older": older, "changed": changed}
        self.stdout.write(printed(data, lines, as_json=options["json"]))

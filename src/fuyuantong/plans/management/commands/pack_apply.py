"""`fyt pack apply KEY`: set a place up by a pack; a second time changes nothing."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.organs.queries import account_by_username
from fuyuantong.plans.pack import Pack
from fuyuantong.plans.pack_reading import pack_of
from fuyuantong.plans.services.packs import Applied, apply_pack


class Command(BaseCommand):
    """Apply a pack whole or not at all."""

    help = "应用方案包：单位、设置、任务；重复应用不会改变什么"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="方案包名称，见 fyt pack list")
        parser.add_argument("--by", help="以谁的名义办理：领导小组办公室人员的账号（默认为该办公室在任的一位）")
        parser.add_argument("--dry-run", action="store_true", help="只说明将做什么，不作改动")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        pack = pack_of(options["key"])
        by = account_by_username(options["by"]) if options["by"] else None
        applied = apply_pack(pack, by=by, now=timezone.now(), dry_run=options["dry_run"])
        data = {
            "pack": pack.key,
            "dry_run": options["dry_run"],
            "done": list(applied.done),
            "kept": applied.kept,
            "unmapped": list(applied.unmapped),
        }
        self.stdout.write(printed(data, _lines(pack, applied, options["dry_run"]), as_json=options["json"]))


def _lines(pack: Pack, applied: Applied, dry_run: bool) -> Iterator[str]:
    verb = "将" if dry_run else "已"
    if not applied.done:
        yield f"“{pack.title}”的内容都已在库中（{applied.kept} 项），没有改动。"
        return
    yield f"“{pack.title}”{verb}应用：改动 {len(applied.done)} 项，沿用 {applied.kept} 项。"
    yield from (f"  {one}" for one in applied.done)
    if applied.unmapped:
        yield f"  下列单位名称没有对应的单位，请在方案页面指定：{'、'.join(applied.unmapped)}"

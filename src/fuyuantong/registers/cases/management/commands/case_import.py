"""`fyt case import`: a file of cases, looked at and taken, or told what is wrong with it."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.matters.console.output import BadOption
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.session import acting
from fuyuantong.organs.queries import account_by_username
from fuyuantong.registers.cases.models.feed import Feed
from fuyuantong.registers.cases.services.feeding import bring_feed, confirm_feed, throw_away
from fuyuantong.registers.cases.staging import counts_of, faults_of

MOST_FAULTS = 200


class Command(BaseCommand):
    """Import cases from Excel or CSV; nothing is taken while a row is faulty, unless asked. Exits with 1 then."""

    help = "导入行政案件（Excel 或 CSV）"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="文件", help=".xlsx、.xls 或 .csv")
        parser.add_argument("--by", metavar="账号", required=True, help="以该账号（法院的经办人）登记")
        parser.add_argument("--organ", metavar="单位", default="", help="以哪个单位登记（在多个单位任职时）")
        parser.add_argument("--look", action="store_true", help="只核对，不导入")
        parser.add_argument("--good-only", action="store_true", help="只导入无误的行")
        parser.add_argument("--reopen", action="store_true", help="撤销结案的行也导入")
        parser.add_argument("--override", action="store_true", help="与事项登记的出庭情况不一致的行也导入")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        now, by = timezone.now(), By(account_by_username(options["by"]), options["organ"])
        path = Path(options["file"])
        try:
            with path.open("rb") as file:
                feed = bring_feed(file, path.name, by=by, now=now)
        except OSError as fault:
            raise BadOption(f"文件“{path}”打不开", remedy="请核对路径。", field="file") from fault
        data = _data(feed)
        takes = not options["look"] and (not data["faulty"] or options["good_only"])
        if takes:
            how = {name: options[name] for name in ("good_only", "reopen", "override")}
            data["taken"] = confirm_feed(feed, **how, by=by, now=now).taken
        else:
            throw_away(feed, by=by, now=now)
        self.stdout.write(printed(data, _lines(data), as_json=options["json"]))
        if not takes and data["faulty"]:
            sys.exit(1)


def _data(feed: Feed) -> dict[str, Any]:
    with acting():
        counts, faults = counts_of(feed.pk), faults_of(feed.pk, most=MOST_FAULTS)
    return {
        "rows": feed.rows,
        **{
            verdict: counts.get(verdict, 0)
            for verdict in ("new", "changed", "same", "faulty", "reopens", "contradicts")
        },
        "taken": 0,
        "unknown_heads": feed.unknown_heads,
        "faults": [{"row": fault.row, "column": fault.title, "detail": fault.detail} for fault in faults],
    }


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"共 {data['rows']:,} 行：新登记 {data['new']:,}，更正 {data['changed']:,}，无变化 {data['same']:,}，"
        f"有误 {data['faulty']:,}；已导入 {data['taken']:,}"
    )
    if data["unknown_heads"]:
        yield f"不认识的列，未导入：{'、'.join(data['unknown_heads'])}"
    if data["reopens"]:
        yield f"其中 {data['reopens']:,} 行撤销已有的结案，须写 --reopen 才导入"
    if data["contradicts"]:
        yield f"其中 {data['contradicts']:,} 行与事项登记的出庭情况不一致，须写 --override 才导入"
    yield from (f"  第 {fault['row']} 行 {fault['column']}：{fault['detail']}" for fault in data["faults"])

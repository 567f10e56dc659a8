"""`fyt trail verify`: whether what is written still says what it said."""

import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.accounts.printing import printed
from fuyuantong.matters.console.output import BadOption
from fuyuantong.matters.verification import Broken, Verdict, verify_all, verify_some


class Command(BaseCommand):
    """Verify trails, and end with 1 when one does not hold."""

    help = "核验留痕：链条、推演、登记、内部留痕、期限、文号"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("uids", nargs="*", metavar="事项编号", help="只核验这些事项")
        parser.add_argument("--all", action="store_true", help="核验全部事项和文号")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["uids"]) == options["all"]:
            raise BadOption("须写明事项编号，或者写 --all", remedy="例：fyt trail verify --all。", field="all")
        began = time.monotonic()
        verdict = verify_all() if options["all"] else verify_some(options["uids"])
        data = _data(verdict, time.monotonic() - began)
        self.stdout.write(printed(data, _lines(verdict, data), as_json=options["json"]))
        if not verdict.holds:
            sys.exit(1)


def _data(verdict: Verdict, seconds: float) -> dict[str, Any]:
    return {
        "holds": verdict.holds,
        "matters": verdict.matters,
        "records": verdict.records,
        "inner_records": verdict.inner_records,
        "clocks": verdict.clocks,
        "clocks_by_other_calendars": verdict.elsewhere,
        "serials": verdict.serials,
        "breaks": verdict.breaks,
        "first_breaks": [
            {"matter": one.uid, "title": one.title, "seq": one.found.seq, "what": one.found.what}
            for one in verdict.broken
        ],
        "seconds": round(seconds, 2),
        "records_per_second": round((verdict.records + verdict.inner_records) / max(seconds, 0.001)),
    }


def _lines(verdict: Verdict, data: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"已核验事项 {verdict.matters:,} 件、留痕 {verdict.records:,} 条、内部留痕 {verdict.inner_records:,} 条、"
        f"期限 {verdict.clocks:,} 个、文号序列 {verdict.serials} 个"
    )
    if verdict.elsewhere:
        yield f"其中 {verdict.elsewhere:,} 个期限按以前的日历计算，未重算"
    yield f"用时 {data['seconds']} 秒，每秒 {data['records_per_second']:,} 条"
    if verdict.holds:
        yield "全部相符。"
        return
    yield f"有 {verdict.breaks} 处不相符{'，先列出前 20 处' if verdict.breaks > len(verdict.broken) else ''}："
    for broken in verdict.broken:
        yield f"  {_place(broken)}"
        yield f"    {broken.found.what}"


def _place(broken: Broken) -> str:
    seq = f"第 {broken.found.seq} 号记录" if broken.found.seq is not None else ""
    return "  ".join(part for part in (broken.title, broken.uid, seq) if part)

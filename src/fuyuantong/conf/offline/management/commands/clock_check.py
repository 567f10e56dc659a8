"""`fyt clock check`: reckon a downloaded proof again, without a database, and say whether it comes out the same."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.clock.calendar import load_calendar
from fuyuantong.clock.checking import Check, check
from fuyuantong.clock.explanation import explain
from fuyuantong.refusal import Refusal


class UnreadableProof(Refusal):
    """Refuse a file that is no proof of a deadline."""

    key = "unreadable-proof"
    title = "读不懂的期限证明"


class Command(BaseCommand):
    """Check one proof; exit code 1 when it comes out otherwise."""

    help = "核对下载的期限证明：重新计算并比较"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="从期限证明页面下载的 JSON 文件")
        parser.add_argument(
            "--holidays", type=Path, action="append", default=[], help="另有放假通知的目录，如 2027.csv 所在处"
        )
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        calendar = load_calendar(*options["holidays"])
        found = check(_read(options["file"]), calendar)
        if options["json"]:
            self.stdout.write(json.dumps(_data(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join((*explain(found.proof, calendar), *_verdict(found))))
        if found.differences:
            sys.exit(1)


def _read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise UnreadableProof(
            f"{file.name}：{fault}", remedy="请使用从期限证明页面下载的文件。", field="file"
        ) from fault
    if not isinstance(data, dict):
        raise UnreadableProof(f"{file.name} 不是期限证明", remedy="请使用从期限证明页面下载的文件。", field="file")
    return data


def _data(found: Check) -> dict[str, Any]:
    return {
        "equal": not found.differences,
        "due_on": found.proof.result_data()["due_on"],
        "calendar_version": found.proof.calendar_version,
        "same_calendar": found.same_calendar,
        "differences": [
            {"title": each.title, "stored": each.stored, "found": each.found} for each in found.differences
        ],
    }


def _verdict(found: Check) -> Iterator[str]:
    if not found.same_calendar:
        yield f"注意：证明所用日历 {found.calendar_version}，本机日历 {found.proof.calendar_version}"
    if not found.differences:
        yield "核对：一致"
    for each in found.differences:
        yield f"核对：不一致，{each.title}：证明为 {each.stored}，算出 {each.found}"

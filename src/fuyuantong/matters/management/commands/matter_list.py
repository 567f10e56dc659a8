"""`fyt matter list`: the ledger as an account sees it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.matters.console.columns import aligned, shortened
from fuyuantong.matters.console.deadline import time_left
from fuyuantong.matters.console.ledger_sheet import ledger_sheet
from fuyuantong.matters.console.matter_lines import minute
from fuyuantong.matters.sight import reading_as
from fuyuantong.organs.queries import account_by_username

LONGEST_TITLE = 36


class Command(BaseCommand):
    """List the matters that an account sees, newest first."""

    help = "列出一个账号可见的事项台账"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="reader", metavar="账号", required=True, help="按该账号可见的范围列出")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        account = account_by_username(options["reader"])
        with transaction.atomic(), reading_as(account, at=now) as reader:
            sheet = ledger_sheet(reader, now=now)
        self.stdout.write(printed(sheet, _lines(account.display_name, sheet), as_json=options["json"]))


def _lines(reader: str, sheet: Mapping[str, Any]) -> Iterator[str]:
    newest = f"，下列最新 {sheet['shown']} 件" if sheet["total"] != str(sheet["shown"]) else ""
    yield f"{reader}可见事项 {sheet['total']} 件{newest}；本单位待办 {sheet['to_do']} 件，其中逾期 {sheet['overdue']} 件"
    yield from aligned(_row(matter) for matter in sheet["matters"])


def _row(matter: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        minute(matter["opened_at"])[:10],
        matter["mechanism"]["title"],
        matter["number"],
        shortened(matter["title"], LONGEST_TITLE),
        matter["state"]["title"],
        matter["holder"] if matter["is_open"] else "",
        _due(matter),
        matter["uid"],
    )


def _due(matter: Mapping[str, Any]) -> str:
    if not matter["is_open"] or not matter["due_on"]:
        return ""
    return f"{matter['due_on']} {time_left(matter['left'])}"

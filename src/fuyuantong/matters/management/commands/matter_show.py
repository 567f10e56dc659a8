"""`fyt matter show`: one matter, all of it that may be seen."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.matters.console.matter_lines import matter_lines
from fuyuantong.matters.console.matter_sheet import matter_sheet
from fuyuantong.matters.console.operator import reading_as_operator
from fuyuantong.matters.queries import no_such_matter
from fuyuantong.matters.sight import reading_as
from fuyuantong.organs.identity import read_uid
from fuyuantong.organs.queries import account_by_username


class Command(BaseCommand):
    """Show a matter to the operator, or as an account sees it."""

    help = "查看一件事项：现状、时限、经过、内容、各方、留痕、下一步"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("uid", metavar="事项编号")
        parser.add_argument("--as", dest="reader", metavar="账号", help="按该账号可见的范围查看；不写则查看全部")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        uid, now = _uid(options["uid"]), timezone.now()
        account = account_by_username(options["reader"]) if options["reader"] else None
        with transaction.atomic(), reading_as(account, at=now) if account else reading_as_operator(at=now) as reader:
            sheet = matter_sheet(reader, uid, account=account, now=now)
        self.stdout.write(printed(sheet, matter_lines(sheet), as_json=options["json"]))


def _uid(said: str) -> UUID:
    uid = read_uid(said)
    if uid is None:
        raise no_such_matter(said)
    return uid

"""`fyt person erase`: a person's data is taken out of every matter; what was done stays on the trail."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from fuyuantong import catalogue
from fuyuantong.accounts.printing import printed
from fuyuantong.matters.console.output import BadOption
from fuyuantong.matters.services.secrets import erase_person, secret_fields


class Command(BaseCommand):
    """Erase a person by an exact secret, read from standard input so that no history of commands keeps it."""

    help = "删除一个人的保密信息（从标准输入读取姓名或者证件号码）"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("field", metavar="字段", help="按哪个保密字段查找，如 applicant")
        parser.add_argument("--confirm", action="store_true", help="确认删除，不可恢复；不写则只报数")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        field, value = options["field"], sys.stdin.readline().strip()
        known = secret_fields(catalogue.MECHANISMS.values())
        if field not in known:
            words = "、".join(f"{key}（{title}）" for key, title in known.items())
            raise BadOption(f"没有“{field}”这一保密字段；现有：{words}", remedy="请从中选择。", field="field")
        if not value:
            raise BadOption("标准输入中没有内容", remedy=f"例：echo 王某某 | fyt person erase {field}。", field="value")
        with transaction.atomic():
            erased = erase_person(kind=field, value=value, now=timezone.now())
            transaction.set_rollback(not options["confirm"])
        done = "已删除" if options["confirm"] else "将删除（加 --confirm 执行，不可恢复）"
        data = {"field": field, "values": erased, "erased": options["confirm"]}
        self.stdout.write(printed(data, [f"{done}：{erased} 项保密信息；办理经过不变。"], as_json=options["json"]))

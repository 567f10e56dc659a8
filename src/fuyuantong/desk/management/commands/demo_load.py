"""`fyt demo load`: the demo county with two years of matters."""

import sys
import time
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.documents.rehearsal import issue_one_of_each
from fuyuantong.matters.console.output import day, whole
from fuyuantong.matters.county_state import CountyState, county_state
from fuyuantong.matters.rehearsal.demo import PASSWORD, Loaded
from fuyuantong.matters.rehearsal.place import REGION
from fuyuantong.plans.demo import load_county


class Command(BaseCommand):
    """Load training data into an empty database; a second time only says that it is there."""

    help = "载入演练县：机构、人员、方案、两年的演练事项"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="随机种子；相同的种子得到相同的县（默认 1）")
        parser.add_argument(
            "--matters",
            default="400",
            help="事项件数，不含分项和引出的事项；0 为只载入机构人员（默认 400）",
        )
        parser.add_argument("--until", help="截止日，如 2026-11-22（默认今天）")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        now, began = timezone.now(), time.monotonic()
        until = day(options["until"], option="until") if options["until"] else now.astimezone(SHANGHAI).date()
        matters = whole(options["matters"], option="matters")
        loaded = load_county(
            seed=options["seed"],
            matters=matters,
            until=until,
            now=now,
            tell=Progress(options["json"]),
            beside=lambda: issue_one_of_each(REGION),
        )
        state = county_state(now)
        data = {
            "loaded": not loaded.again,
            "seed": loaded.seed,
            "matters": loaded.matters,
            "until": loaded.until,
            "county": state.to_data(),
            "records": loaded.records,
            "password": PASSWORD,
            "seconds": round(time.monotonic() - began, 1),
        }
        lines = _lines(loaded, state, data["seconds"])
        self.stdout.write(printed(data, lines, as_json=options["json"]))


class Progress:
    """Say on standard error which month the county has reached."""

    def __init__(self, is_quiet: bool) -> None:
        self.is_quiet = is_quiet
        self.month = ""

    def __call__(self, at: datetime, number: int) -> None:
        month = f"{at.astimezone(SHANGHAI):%Y-%m}"
        if month != self.month and not self.is_quiet and sys.stderr.isatty():
            print(f"\r载入演练事项：{month}", end="", file=sys.stderr, flush=True)
        self.month = month


def _lines(loaded: Loaded, state: CountyState, seconds: float) -> list[str]:
    said = f"种子 {loaded.seed}，{loaded.matters} 件，截至 {loaded.until}"
    first = (
        f"演练县已经在库中（{said}），本次未作改动。"
        if loaded.again
        else f"演练县已载入（{said}），用时 {seconds} 秒。"
    )
    figures = state.figures
    return [
        first,
        f"  机构 {state.organs} 个，其中 {state.online} 个已上线",
        f"  事项 {figures.open + figures.closed} 件（含分项和引出的事项）",
        f"  在办 {figures.open} 件，其中逾期 {figures.overdue} 件；已办结 {figures.closed} 件",
        f"  留痕 {loaded.records} 条，均标明为演练数据",
        f"  登录：任一演练账号（如 court.handler、justice.liaison、liaison-office.officer），密码 {PASSWORD}",
    ]

"""`fyt pack show KEY`: what a pack lays down."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.accounts.printing import printed
from fuyuantong.plans.pack import Pack, PackTask
from fuyuantong.plans.pack_reading import pack_of
from fuyuantong.plans.wording import WordedDue


class Command(BaseCommand):
    """Show a pack: its settings and its tasks."""

    help = "查看方案包：设置和任务"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="方案包名称，见 fyt pack list")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        pack = pack_of(options["key"])
        self.stdout.write(printed(_data(pack), _lines(pack), as_json=options["json"]))


def _data(pack: Pack) -> dict[str, Any]:
    return {
        "key": pack.key,
        "title": pack.title,
        "document": pack.document,
        "issued_on": pack.issued_on.isoformat(),
        "region": pack.region,
        "office": pack.office,
        "host": pack.host,
        "organs": [organ.code for organ in pack.organs],
        "mechanisms": list(pack.mechanisms),
        "terms": {one.key: one.term.to_data() for one in pack.terms},
        "named": {one.key: list(one.organs) for one in pack.named},
        "cadences": [one.title for one in pack.cadences],
        "goals": [one.indicator for one in pack.goals],
        "tasks": [{**task.wording.as_data(), "rows": list(task.rows)} for task in pack.tasks],
    }


def _lines(pack: Pack) -> Iterator[str]:
    yield f"{pack.title}（{pack.document}，{pack.issued_on}）"
    yield pack.about
    yield f"单位 {len(pack.organs)} 个，关系 {len(pack.relations)} 条；办公室 {pack.office}，设在 {pack.host}"
    yield f"启用机制 {len(pack.mechanisms)} 项：{'、'.join(pack.mechanisms)}"
    yield from (f"期限 {one.key}：{one.term.title}（{one.basis}）" for one in pack.terms)
    yield from (f"指定 {one.key}：{'、'.join(one.organs)}（{one.basis}）" for one in pack.named)
    yield from (f"周期 {one.clause} {one.title}" for one in pack.cadences)
    yield from (f"目标 {one.clause} {one.indicator} {one.operator} {one.value}{one.unit}" for one in pack.goals)
    yield f"任务 {len(pack.tasks)} 项"
    yield from (_task(number, task) for number, task in enumerate(pack.tasks, start=1))


def _task(number: int, task: PackTask) -> str:
    wording = task.wording
    units = "、".join(f"{unit.name}{'（牵头）' if unit.is_lead else ''}" for unit in wording.units)
    dues = "；".join(due.raw or _due(due) for due in wording.dues) or "未定时限"
    return f"{number:>3} {wording.clause} {wording.title}｜{units}｜{dues}"


def _due(due: WordedDue) -> str:
    return due.on.isoformat() if due.on else f"{due.period or due.type}{due.times or ''}"

"""`fyt act`: open, act, request, or play examples, from the command line."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from fuyuantong.accounts.printing import printed
from fuyuantong.documents.services import issue_after
from fuyuantong.matters.console.acts_told import Watcher, act_lines, outcome_lines
from fuyuantong.matters.console.labels import OrganNames, name_organs
from fuyuantong.matters.console.output import BadOption, day, whole
from fuyuantong.matters.console.typed_values import stored_files, typed_values
from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.queries import no_such_matter
from fuyuantong.matters.rehearsal.playing import play, scenes
from fuyuantong.matters.rehearsal.stage import standing_now
from fuyuantong.matters.services.actors import By, today
from fuyuantong.matters.services.acts import Done, open_by_hand, perform
from fuyuantong.matters.services.amending import correct_record
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.setting_aside import set_aside_lapse
from fuyuantong.matters.services.slips import make_request
from fuyuantong.matters.session import acting
from fuyuantong.organs.queries import account_by_username
from fuyuantong.protocol import Mechanism
from fuyuantong.refusal import Refusal

Options = Mapping[str, Any]

WAYS = (
    "fyt act 事项编号 办理事项 --by 账号 [--set 字段=内容 …]",
    "fyt act 事项编号 --correct 序号 --reason 理由 --by 账号 --set 字段=内容",
    "fyt act 事项编号 --set-aside --reason 证据 --by 账号 [--file 路径]",
    "fyt act --open 机制 --title 标题 --by 账号",
    "fyt act --play 机制 [--example 序号]",
)

_REMEDY = f"写法：{'；'.join(WAYS)}。"


class Command(BaseCommand):
    """Act, request, open, or play examples; what is refused changes nothing."""

    help = "办理、申请、新建事项，或者演练示例"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.usage = "\n      ".join(WAYS)
        parser.add_argument("matter", nargs="?", metavar="事项编号")
        parser.add_argument("move", nargs="?", metavar="办理事项", help="如 receive；可办理的事项见 fyt matter show")
        parser.add_argument("--by", metavar="账号", default="", help="谁办理")
        parser.add_argument("--organ", metavar="单位", default="", help="以哪个单位办理（在多个单位任职时）")
        parser.add_argument("--on-behalf-of", metavar="单位", default="", help="代尚未上线的单位办理，须附扫描件")
        parser.add_argument(
            "--set", nargs="+", action="extend", default=[], metavar="字段=内容", help="单位写代码，多个用逗号分开"
        )
        parser.add_argument("--values", metavar="文件", default="", help="JSON 文件，一个对象，按字段填写")
        parser.add_argument("--file", nargs="+", action="extend", default=[], metavar="路径", help="附证明材料")
        parser.add_argument("--effective-on", metavar="日期", default="", help="生效日期，不是今天时须写依据")
        parser.add_argument("--basis", metavar="依据", default="", help="生效日期的依据")
        parser.add_argument("--key", metavar="请求编号", default="", help="相同编号的请求只办理一次")
        parser.add_argument("--request", action="store_true", help="“办理事项”是一方的申请，而非承办单位的办理")
        parser.add_argument("--answers", metavar="申请", default="", help="所答复的申请的编号")
        parser.add_argument("--correct", metavar="序号", default="", help="更正本单位第几条记录填写的内容")
        parser.add_argument("--set-aside", action="store_true", help="撤销逾期结束，回到逾期前的环节，期限重新起算")
        parser.add_argument("--reason", metavar="理由", default="", help="更正的理由，撤销逾期结束的证据")
        parser.add_argument("--open", metavar="机制", default="", help="新建一件事项")
        parser.add_argument("--title", metavar="标题", default="", help="新事项的标题")
        parser.add_argument("--entry", metavar="环节", default="", help="新事项从哪个环节开始（机制有多个起点时）")
        parser.add_argument("--play", metavar="机制", default="", help="在演练县演练一个机制的示例，all 为全部")
        parser.add_argument("--example", metavar="序号", default="", help="只演练第几个示例")
        parser.add_argument("--seed", metavar="种子", default="1", help="演练的随机种子（默认 1）")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        match [way for way in ("play", "open", "matter") if options[way]]:
            case ["play"]:
                self._play(options, now)
            case ["open"]:
                _check_said(options, title="--title", by="--by")
                self._told(lambda: _open(options, now), options, now)
            case ["matter"] if options["correct"]:
                _check_said(options, reason="--reason", by="--by")
                self._told(lambda: _correct(options, now), options, now)
            case ["matter"] if options["set_aside"]:
                _check_said(options, reason="--reason", by="--by")
                self._told(lambda: _set_aside(options, now), options, now)
            case ["matter"]:
                _check_said(options, move="办理事项", by="--by")
                done = self._told(lambda: _act(options, now), options, now)
                if not options["request"] and not options["json"] and not done.again:
                    self.stdout.write("\n".join(_papers(done, _by(options), now)))
            case _:
                raise BadOption("不清楚要做什么", remedy=_REMEDY)

    def _told(self, act: Callable[[], Done], options: Options, now: datetime) -> Done:
        names = OrganNames(on=today(now))
        try:
            with transaction.atomic():
                watcher = Watcher(names)
                done = act()
                watcher.look()
                told = watcher.seen_so_far()
        except Refusal as refusal:
            name_organs(refusal, names)
            raise
        if done.again:
            data: dict[str, Any] = {"again": True, "matter": done.matter, "seq": done.record.seq, "acts": []}
            lines: Any = [f"同一请求此前已经办理：事项 {done.matter}，第 {done.record.seq} 号记录；本次未作改动。"]
        else:
            data = {"again": False, "matter": done.matter, "seq": done.record.seq, "acts": told}
            lines = outcome_lines(told, done.matter)
        self.stdout.write(printed(data, lines, as_json=options["json"]))
        return done

    def _play(self, options: Options, now: datetime) -> None:
        number = whole(options["example"], option="example") if options["example"] else None
        chosen = scenes(options["play"], number=number)
        watcher = Watcher(OrganNames(on=today(now)))
        played = []
        for scene in play(chosen, seed=whole(options["seed"], option="seed"), now=now, watch=watcher.look):
            acts = watcher.seen_so_far()
            title = f"{scene.mechanism.title} {scene.number}：{scene.example.title}"
            played.append({"mechanism": scene.mechanism.key, "example": scene.number, "title": title, "acts": acts})
            if not options["json"]:
                self.stdout.write("\n".join((title, *act_lines(acts), "")))
        self.stdout.write(printed(played, [f"已演练 {len(played)} 个示例，均为演练数据。"], as_json=options["json"]))


def _papers(done: Done, by: By, now: datetime) -> Iterator[str]:
    """Yield what became of the documents of an act, in words; a refusal takes nothing back."""
    try:
        found = issue_after(done, by=by, now=now)
    except Refusal as refusal:
        yield f"正式文书没有生成：{refusal.detail}。请在事项页面打开文书，重新生成。"
        return
    if found.issued:
        yield f"已生成正式文书 {found.issued} 份，记入本件经过。"
    for title in found.missing:
        yield f"本次办理应有《{title}》，尚未拟写、签发：请在事项页面的“文书”中制作，签发后套用本次的文号和日期。"


def _check_said(options: Options, **wanted: str) -> None:
    missing = "、".join(word for key, word in wanted.items() if not options[key])
    if missing:
        raise BadOption(f"还缺 {missing}", remedy=_REMEDY)


def _act(options: Options, now: datetime) -> Done:
    uid, key = options["matter"], options["move"]
    mechanism = _mechanism_of(uid)
    if options["request"]:
        table = next((request.rows for request in mechanism.requests if request.key == key), "")
        return make_request(uid, key, by=_by(options), now=now, form=_form(mechanism, options, now, table=table))
    form = _form(mechanism, options, now)
    return perform(uid, key, by=_by(options), now=now, form=form, answers=options["answers"])


def _correct(options: Options, now: datetime) -> Done:
    uid, seq = options["matter"], whole(options["correct"], option="correct")
    form = _form(_mechanism_of(uid), options, now)
    return correct_record(uid, seq, reason=options["reason"], by=_by(options), now=now, form=form)


def _set_aside(options: Options, now: datetime) -> Done:
    files = stored_files(options["file"], now=now)
    return set_aside_lapse(options["matter"], reason=options["reason"], by=_by(options), now=now, files=files)


def _open(options: Options, now: datetime) -> Done:
    with acting():
        mechanism, _ = current(options["open"])
    return open_by_hand(
        options["open"],
        options["title"],
        by=_by(options),
        now=now,
        entry=options["entry"],
        form=_form(mechanism, options, now),
    )


def _mechanism_of(uid: str) -> Mechanism:
    try:
        return standing_now(str(UUID(uid))).mechanism
    except (Matter.DoesNotExist, ValueError):
        raise no_such_matter(uid) from None


def _by(options: Options) -> By:
    return By(
        account_by_username(options["by"]),
        organ=options["organ"],
        on_behalf_of=options["on_behalf_of"],
        effective_on=day(options["effective_on"], option="effective-on") if options["effective_on"] else None,
        basis=options["basis"],
    )


def _form(mechanism: Mechanism, options: Options, now: datetime, *, table: str = "") -> Form:
    values, chosen = typed_values(mechanism, options["set"], table=table, file=options["values"], now=now)
    return Form(values=values, files=stored_files(options["file"], now=now), chosen=chosen, key=options["key"])

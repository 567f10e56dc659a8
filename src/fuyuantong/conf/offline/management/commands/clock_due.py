"""`fyt clock due`: the last day of a period, with its proof."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.clock.batch import BadLine, answer_line
from fuyuantong.clock.calendar import Calendar, load_calendar
from fuyuantong.clock.explanation import explain
from fuyuantong.clock.periods import find_period, statutes, term_in_words
from fuyuantong.clock.proof import prove
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.running import RunningClock
from fuyuantong.clock.terms import SHANGHAI, Unit, term_from
from fuyuantong.refusal import Refusal

# a day, or a moment with or without its zone; other spellings of ISO 8601 nobody writes on paper
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?([+-][0-9]{2}:[0-9]{2}|Z)?)?")
EXAMPLES = "例：fyt clock due --period JY-01 --from 2026-08-03，或 --length 2 --unit months --from 2026-08-03。"


class BadQuestion(Refusal):
    """Refuse a question that leaves open from when, or by which period."""

    key = "bad-question"
    title = "无法计算期限"
    remedy = "请逐行更正后，只将未能计算的行重新计算。"


class Command(BaseCommand):
    """Answer when a period ends."""

    help = "计算期限届满日及其证明"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", metavar="编号", help="法定期限编号，如 JY-01")
        parser.add_argument("--length", metavar="数", type=int, help="期限长度；负数表示事件之前")
        parser.add_argument("--unit", metavar="单位", help=f"{'、'.join(Unit)}")
        parser.add_argument("--wording", metavar="文字", help="法律的写法，如 5日；同一写法在不同法律中含义不同")
        parser.add_argument("--statute", metavar="法律", default="", help="写法出自哪部法律，如 行政复议法")
        parser.add_argument(
            "--from", dest="start", metavar="日期", help="起算日 2026-08-03；按小时计算的写 2026-08-03T09:30"
        )
        parser.add_argument("--batch", choices=["-"], help="从标准输入逐行读取 JSON，逐行回答")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        calendar = load_calendar()
        if options["batch"]:
            _answer_all(sys.stdin.buffer, self.stdout, calendar=calendar)
            return
        proof = prove(_clock(options), calendar)
        said = json.dumps(proof.to_data(), ensure_ascii=False) if options["json"] else explain(proof, calendar)
        self.stdout.write(said if isinstance(said, str) else "\n".join(said))


def _clock(options: Mapping[str, Any]) -> RunningClock:
    start = _moment(options["start"])
    rule, trigger = _rule(options, on=start.date())
    in_hours = rule.term is not None and rule.term.unit is Unit.HOURS
    if in_hours and "T" not in options["start"]:
        raise BadQuestion(
            "按小时计算的期限自时刻起算，--from 须写明几时几分。", remedy="请写作 2026-08-03T09:30。", field="from"
        )
    return RunningClock(
        name=rule.title,
        started_on=start.date(),
        trigger=trigger,
        rule=rule,
        started_at=start if in_hours else None,
        event_on=start.date() if rule.is_before else None,
    )


def _rule(options: Mapping[str, Any], *, on: date) -> tuple[Rule, str]:
    """Return by what the clock runs, and what starts it, as one of the three ways of asking says."""
    match [way for way in ("period", "length", "wording") if options[way] is not None]:
        case ["period"] if options["unit"] is None:
            period = find_period(options["period"], on=on)
            return period.as_rule(), period.trigger
        case ["length"] if options["unit"]:
            term, basis = term_from({"length": options["length"], "unit": options["unit"]}), "未写明"
        case ["wording"] if options["unit"] is None:
            basis = _known_statute(options["statute"])
            term = term_in_words(options["wording"], statute=basis, on=on)
        case _:
            raise BadQuestion("须给出 --period、--wording，或同时给出 --length 和 --unit。", remedy=EXAMPLES)
    return Rule(key="term", title="所给期限", source=Source.HOUSE, basis=basis, term=term), "所给日期"


def _known_statute(said: str) -> str:
    if said not in (known := statutes()):
        raise BadQuestion(
            f"不知道“{said}”怎样计算短期限。", remedy=f"--statute 请写明：{'、'.join(known)}。", field="statute"
        )
    return said


def _moment(said: str | None) -> datetime:
    if not said:
        raise BadQuestion("须给出起算日 --from。", remedy=EXAMPLES, field="from")
    try:
        moment = datetime.fromisoformat(said if MOMENT.fullmatch(said) else "")
    except ValueError as fault:
        raise BadQuestion(f"--from “{said}”不是日期。", remedy=EXAMPLES, field="from") from fault
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _answer_all(lines: IO[bytes], answers: Any, *, calendar: Calendar) -> None:
    refused = 0
    for answer in _answers(lines, calendar=calendar):
        refused += "due_on" not in answer
        answers.write(json.dumps(answer, ensure_ascii=False))
        answers.flush()
    if refused:
        raise BadQuestion(f"有 {refused} 行未能计算，原因见各该行。")


def _answers(lines: IO[bytes], *, calendar: Calendar) -> Iterator[Mapping[str, object]]:
    for line in lines:
        try:
            yield answer_line(_read(line), calendar=calendar)
        except Refusal as refusal:
            yield refusal.as_problem()


def _read(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise BadLine("不是一行 JSON。", remedy='请写作 {"length":15,"unit":"days","from":"2026-09-18"}。') from fault

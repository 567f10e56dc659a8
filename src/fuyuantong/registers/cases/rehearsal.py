"""Cases of the demo county: made up by chance, none of them ever was, and fed as a court would feed them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from fuyuantong import catalogue
from fuyuantong.clock.terms import SHANGHAI, next_working_day
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.matter import Matter, Phase, Provenance
from fuyuantong.matters.services.about import places_of
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import OrganName
from fuyuantong.organs.queries import account_by_username, organ_by_code
from fuyuantong.protocol import Prefill, Tells
from fuyuantong.registers.cases.bulletins import IssueSpan, quarter_of
from fuyuantong.registers.cases.columns import COLUMNS
from fuyuantong.registers.cases.hearings import to_come
from fuyuantong.registers.cases.models.warning import CaseWarning
from fuyuantong.registers.cases.published import years_of
from fuyuantong.registers.cases.services.feeding import confirm_feed, feed_statements
from fuyuantong.registers.cases.services.issuing import issue_bulletin
from fuyuantong.registers.cases.services.listening import listen
from fuyuantong.registers.cases.services.notifying import AlreadyNotified, Spot, notify_hearing, takes_hearings
from fuyuantong.registers.cases.services.publishing import YearTold, enter_figures
from fuyuantong.registers.cases.services.warning import (
    begin_from_warning,
    dismiss_warning,
    find_warnings,
    takes_warnings,
)
from fuyuantong.registers.cases.staging import read_rows

CASES: Final = 200
SPAN: Final = timedelta(days=720)
COURT: Final = "410825-court"
FEEDER: Final = "court.handler"
SOURCE: Final = "办案系统导出（演练）.csv"
SUED: Final[Mapping[str, Sequence[str]]] = {
    "县公安局": ("行政处罚", "行政强制措施"),
    "县自然资源局": ("行政登记", "行政处罚", "行政征收或者征用"),
    "县人社局": ("行政确认", "不履行职责"),
    "县市场监管局": ("行政处罚", "行政许可"),
    "县住建局": ("行政许可", "政府信息公开"),
    "生态环境分局": ("行政处罚",),
    "祥云镇": ("行政强制执行", "不履行职责"),
    "赵堡镇": ("行政强制执行", "行政协议"),
    "县交通运输局": ("行政处罚",),
    "武陟县公安局": ("行政处罚",),  # of another county: kept by its name
}
ENDINGS: Final = (
    ("判决驳回诉讼请求", 34), ("裁定准许撤诉", 24), ("裁定驳回起诉", 12), ("判决撤销", 8), ("判决确认违法（不撤销）", 6),
    ("判决履行法定职责", 5), ("判决撤销并责令重作", 4), ("行政调解书", 4), ("按撤诉处理", 3),
)  # fmt: skip
REASONS: Final[Mapping[str, str]] = {
    "判决撤销": "主要证据不足",
    "判决撤销并责令重作": "违反法定程序",
    "判决确认违法（不撤销）": "违反法定程序",
    "判决履行法定职责": "不履行法定职责",
}
FINDINGS: Final = (
    ("正职出庭", 22), ("出庭", 60), ("有正当理由未出庭", 12), ("未出庭", 4), ("视为未出庭", 1), ("中途退庭", 1),
)  # fmt: skip
SURNAMES: Final = "甲乙丙丁戊己庚辛壬癸"
Row = dict[str, str]


def load_cases(*, seed: int, until: date, now: datetime) -> int:
    """
    Feed the demo county's register and send the last quarter's bulletin round; return how many cases it has then.

    Raises: as `confirm_feed`.
    """
    random = Random(seed)
    rows = {row["number"]: row for row in (*_rows(random, until), *_answering(until))}
    by = By(account_by_username(FEEDER), COURT)
    columns = {column.key: column for column in COLUMNS}
    cells = ((number, [row.get(key, "") for key in columns]) for number, row in enumerate(rows.values(), 2))
    raw = list(read_rows(cells, list(columns.values()), today=now.astimezone(SHANGHAI).date()))
    taken = confirm_feed(feed_statements(raw, SOURCE, by=by, now=now), by=by, now=now).taken
    listen(now=now)
    _notify(by, now=now)
    find_warnings(now=now)
    _decide_some(by, now)
    issue_bulletin(IssueSpan(until.year - 1, 0), by=by, now=now)
    _publish(until, by, now)
    issue_bulletin(quarter_of(quarter_of(until).first - timedelta(days=1)), by=by, now=now)
    return taken


def _answering(until: date) -> Iterator[Row]:
    """Yield the cases that organs of the county answer in matters of their own, as their court would have fed them."""
    with acting():
        short = dict(OrganName.objects.filter(valid__contains=until).values_list("organ_id", "short"))
        for key, mechanism in catalogue.MECHANISMS.items():
            if not any(found.tells is Tells.ANSWER for found in mechanism.fields):
                continue
            places = places_of(mechanism)
            for row in Matter.objects.filter(mechanism=key, phase=Phase.OPEN).order_by("pk"):
                said = {anchor: row.values.get(places[anchor]) for anchor in places}
                if said[Prefill.CASE] and said[Prefill.SERVED]:
                    served = date.fromisoformat(said[Prefill.SERVED])
                    yield {
                        "number": said[Prefill.CASE],
                        "cause": said[Prefill.CAUSE] or "",
                        "plaintiffs": "甲某",
                        "defendants": short[row.initiator_id],
                        "filed_on": (served - timedelta(days=3)).isoformat(),
                        "served": served.isoformat(),
                    }


def _publish(until: date, by: By, now: datetime) -> None:
    """Enter what the court would have published of last year: nearly what its register says."""
    numbers = {
        measure: max(0, n + more)
        for (measure, n), more in zip(_last_year(until, by).items(), (3, 0, 0, 2, 0), strict=True)
    }
    enter_figures(
        [YearTold(until.year - 1, numbers, f"{until.year - 1}年法院工作报告（演练）", date(until.year, 1, 20))],
        by=by,
        now=now,
    )


def _last_year(until: date, by: By) -> dict[str, int]:
    with acting():
        court = organ_by_code(by.organ)
        years = dict(years_of(court, on=until))
    return {one.measure: one.computed for one in years[until.year - 1]}


def _decide_some(by: By, now: datetime) -> None:
    """Let the court begin a matter about the most cases of an organ here, and let be those of one elsewhere."""
    waiting = CaseWarning.objects.order_by("-n", "pk")
    with acting():
        here, elsewhere = waiting.exclude(organ=None).first(), waiting.filter(organ=None).first()
    ways = (mechanism for mechanism in catalogue.MECHANISMS.values() if takes_warnings(mechanism))
    if here and (way := next(ways, None)):
        title = f"{here.cause or here.act_kind}类案"
        begin_from_warning(here.pk, way.key, title, entry="", by=by, now=now, provenance=Provenance.TRAINING)
    if elsewhere:
        dismiss_warning(elsewhere.pk, "外县单位，已商请上级法院处理", by=by, now=now)


def _notify(by: By, *, now: datetime) -> None:
    """Begin the notice of the next hearing, as the court would, and leave the others for whoever tries it out."""
    ways = [key for key, found in catalogue.MECHANISMS.items() if takes_hearings(found)]
    with acting():
        tomorrow = now.astimezone(SHANGHAI).date() + timedelta(days=1)
        coming = to_come(tomorrow).filter(case__parties_sued__place=1).exclude(case__parties_sued__organ=None)
        spots = [Spot(heard.case_id, heard.heard_on, 1) for heard in coming.order_by("heard_on", "case")]
    for spot in spots:
        with suppress(AlreadyNotified):  # whose matter was begun by hand
            notify_hearing(spot, ways[0], by=by, now=now, provenance=Provenance.TRAINING)
            return


def _rows(random: Random, until: date) -> Iterator[Row]:
    serials: dict[tuple[str, int], int] = {}
    filed = sorted(until - timedelta(days=random.randint(3, SPAN.days)) for _ in range(CASES))
    for on in filed:
        first = _first(random, on, until, serials)
        yield first
        if first.get("decided_on") and first["outcome"].startswith("判决") and random.random() < 0.3:
            appeal = _appeal(random, first, until, serials)
            if appeal:
                yield appeal


def _first(random: Random, on: date, until: date, serials: dict[tuple[str, int], int]) -> Row:
    organ = random.choice(list(SUED))
    sued = [organ, "县政府"] if random.random() < 0.25 else [organ]
    row = {
        "number": _numbered("豫0825行初", on.year, serials),
        "cause": random.choice(SUED[organ]),
        "act_kind": random.choice(SUED[organ]),
        "plaintiffs": "；".join(f"{letter}某" for letter in random.sample(SURNAMES, random.choice((1, 1, 1, 2, 3)))),
        "defendants": "；".join(sued),
        "filed_on": on.isoformat(),
        **_answered(random, on, until, len(sued)),
    }
    heard = next_working_day(on + timedelta(days=random.randint(28, 60)), calendar=current_calendar())
    if random.random() < 0.85:
        row["hearings"] = heard.isoformat()
        if heard <= until:
            row["heads"] = "；".join(_drawn(random, FINDINGS) for _ in sued)
    decided = heard + timedelta(days=random.randint(10, 90))
    if decided <= until:
        row |= {"decided_on": decided.isoformat(), "outcome": _drawn(random, ENDINGS), "disclosed": "是"}
        if row["outcome"] in REASONS:
            row["loss_reason"] = REASONS[row["outcome"]]
        if "撤诉" in row["outcome"]:
            row["changed_act"] = "是"
        effective = decided + timedelta(days=random.randint(16, 30))
        if effective <= until and random.random() < 0.8:
            row["effective_on"] = effective.isoformat()
    return row


def _answered(random: Random, on: date, until: date, organs: int) -> Row:
    served = on + timedelta(days=random.randint(1, 5))
    if served > until or random.random() < 0.06:
        return {}  # the court did not say when: nothing is reckoned
    answers = [served + timedelta(days=random.choice((6, 9, 11, 12, 13, 14, 14, 15, 19))) for _ in range(organs)]
    said = [day.isoformat() if day <= until and random.random() < 0.96 else "" for day in answers]
    return {"served": served.isoformat(), "answered": "；".join(said)}


def _appeal(random: Random, first: Row, until: date, serials: dict[tuple[str, int], int]) -> Row:
    on = date.fromisoformat(first["decided_on"]) + timedelta(days=random.randint(20, 40))
    if on > until:
        return {}
    row = {
        "number": _numbered("豫08行终", on.year, serials),
        "below": first["number"],
        "filed_on": on.isoformat(),
        "served": (on + timedelta(days=3)).isoformat() if on + timedelta(days=3) <= until else "",
        **{key: first[key] for key in ("cause", "act_kind", "plaintiffs", "defendants")},
    }
    decided = on + timedelta(days=random.randint(40, 85))
    if decided <= until:
        ending = random.choice(("驳回上诉维持原判", "驳回上诉维持原判", "驳回上诉维持原判", "改判", "发回重审"))
        row |= {"decided_on": decided.isoformat(), "outcome": ending, "effective_on": decided.isoformat()}
    return row


def _numbered(court: str, year: int, serials: dict[tuple[str, int], int]) -> str:
    serials[court, year] = serials.get((court, year), 0) + 1
    return f"（{year}）{court}{serials[court, year]}号"


def _drawn(random: Random, weighted: Sequence[tuple[str, int]]) -> str:
    return random.choices([word for word, _ in weighted], [weight for _, weight in weighted])[0]

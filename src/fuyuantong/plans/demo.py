"""The demo county with its plan: the pack of 温县 is in force before the first matter begins."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.events import event_mechanisms
from fuyuantong.matters.place_settings import CADENCES_KEY, settings_of
from fuyuantong.matters.rehearsal.demo import REGION, Loaded, beginning_of, check_programme, load_demo, set_stage
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.setting import set_list
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account, Organ, Tenure
from fuyuantong.organs.queries import account_by_username
from fuyuantong.organs.staffing import start_of
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.demo_returns import lay_down_returns
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.organisation import Seat
from fuyuantong.plans.organisation import TOPICS, SeatPart, Section
from fuyuantong.plans.pack import Cadence
from fuyuantong.plans.pack_reading import pack_of
from fuyuantong.plans.queries.standings import standings
from fuyuantong.plans.services.closing import confirm_item
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.notes import show_evidence
from fuyuantong.plans.services.organisation import NewSeat, take_seat
from fuyuantong.plans.services.packs import apply_pack
from fuyuantong.plans.services.settling import settle
from fuyuantong.reading.values import Period
from fuyuantong.registers.cases.rehearsal import load_cases

PACK: Final = "wenxian-2021"
OFFICER: Final = "liaison-office.officer"
MONTH: Final = timedelta(days=31)
FIRST_WEEKS: Final = timedelta(days=20)  # in which the office clears up what was due before the system came
LEFT_OPEN_ONE_IN: Final = 4
PAPER: Final = "（演练材料）本文件仅供演练，不含真实内容。\n".encode()

# what it is called, its series, whose plan has it, how often, who convenes it, who comes
MEETINGS: Final = (
    (
        "常规联席会议",
        "季度常规会议",
        "柳州方案五(二)2",
        Period.QUARTER,
        "liaison-office",
        ("government", "court", "procuratorate", "justice"),
    ),
    (
        "三长联席会商会议",
        "三长年度会议",
        "柳州方案五(二)1",
        Period.YEAR,
        "government-office",
        ("court", "procuratorate", "justice"),
    ),
    (
        "行政复议和行政审判联席会议",
        "复议审判联席会议",
        "鄂尔多斯方案三(一)",
        Period.YEAR,
        "court",
        ("justice", "public-security", "natural-resources"),
    ),
    (
        "府检专题联席会议",
        "府检专题联席会议",
        "鄂尔多斯方案三(一)",
        None,
        "procuratorate",
        ("justice", "market-regulation", "natural-resources"),
    ),
)


@transaction.atomic
def load_county(
    *,
    seed: int,
    matters: int,
    until: date,
    now: datetime,
    tell: Callable[[datetime, int], None] = lambda at, n: None,
    beside: Callable[[], object] = lambda: None,
) -> Loaded:
    """
    Load the demo county with the plan that it works by and its court's cases, all of it or nothing; again is no harm.

    `beside` does what more there is to do to the matters before notices go out. Raises: as `load_demo`.
    """
    check_programme(matters, until, now=now)
    begin, end = beginning_of(until), start_of(until)
    set_stage(now=begin)
    officer = account_by_username(OFFICER)
    applied = apply_pack(pack_of(PACK), by=officer, now=begin)
    if applied.done:
        _name_liaison_officers(officer, begin)
        _meet_again_and_again(officer, begin)

    def more() -> None:
        lay_down_returns(officer, until=until, seed=seed)
        load_cases(seed=seed, until=until, now=end)
        beside()

    loaded = load_demo(
        seed=seed,
        matters=matters,
        until=until,
        now=now,
        tell=tell,
        beside=more,
    )
    if applied.done:
        _keep_the_ledger(begin, end)
        _confirm_by_hand(officer, begin, end)
    return loaded


def _meet_again_and_again(officer: Account, begin: datetime) -> None:
    """Let the place hold conferences as other places' plans have them, each convened by whose it is."""
    key, (_, event) = next(found for found in event_mechanisms().items() if found[1][1].members)
    meetings = [
        Cadence(
            title=title,
            clause=f"（演练）参照{clause}",
            period=period,
            times=1 if period else 0,
            window="",
            convenors=(f"{REGION}-{convenor}",),
            members=tuple(f"{REGION}-{name}" for name in members),
            mechanism=key,
            field=event.series,
            value=series,
        )
        for title, series, clause, period, convenor, members in MEETINGS
    ]
    with acting():
        kept = settings_of(REGION).lines(CADENCES_KEY, on=begin.date())
        set_list(
            CADENCES_KEY,
            [*kept, *map(asdict, meetings)],
            region_code=REGION,
            basis="（演练）例会周期",
            valid_from=begin.date(),
            by=officer,
            now=begin,
        )


def _name_liaison_officers(officer: Account, begin: datetime) -> None:
    """Let the liaison officers among the personas stand in the directory."""
    liaisons = Tenure.objects.filter(post_kind=PostKind.LIAISON, post__organ__region_code=REGION)
    known = Seat.objects.filter(region_code=REGION, section=Section.LIAISON).values("account")
    for tenure in liaisons.exclude(account__in=known).select_related("account", "post__organ").order_by("pk"):
        seat = NewSeat(
            section=Section.LIAISON,
            part=SeatPart.OFFICER,
            theme=TOPICS[0],
            organ=tenure.post.organ,
            account=tenure.account,
            post=tenure.post.title,
            valid_from=tenure.valid.lower.astimezone(SHANGHAI).date(),
        )
        take_seat(seat, region_code=REGION, by=officer, now=begin)


def _keep_the_ledger(begin: datetime, end: datetime) -> None:
    """Let fall due, month by month, what the worker would have over the two years."""
    at = begin
    while at < end:
        create_due_items(now=at)
        at += MONTH
    create_due_items(now=end)
    settle(now=end)


def _confirm_by_hand(officer: Account, begin: datetime, end: datetime) -> None:
    """Let the office have confirmed, on the papers of the organs, most of what nothing can compute."""
    paper = store_file(PAPER, mime="text/plain", now=begin)
    office = Organ.objects.get(code=pack_of(PACK).office)
    open_items = DueItem.objects.filter(done_on=None, due_on__lt=end.astimezone(SHANGHAI).date())
    for standing in standings(open_items, now=end):
        item = standing.item
        if standing.rule.counted is not None or item.obligation.number % LEFT_OPEN_ONE_IN == 0:
            continue
        at = max(start_of(item.due_on), begin + FIRST_WEEKS)
        by = By(officer, organ=office.code)
        show_evidence(item, "（演练）制度文件和落实材料", by=by, now=at, files={paper: "落实材料.txt"})
        confirm_item(item, "（演练）材料齐全，确认完成", by=officer, now=at)

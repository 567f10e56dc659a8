"""The demo county with its plan: the pack of 温县 is in force before the first matter begins."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from fuyuantong import catalogue
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.rehearsal.demo import REGION, Loaded, beginning_of, check_programme, load_demo, set_stage
from fuyuantong.matters.services.setting import set_mechanisms
from fuyuantong.organs.queries import account_by_username
from fuyuantong.organs.staffing import start_of
from fuyuantong.plans.pack_reading import pack_of
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.packs import apply_pack
from fuyuantong.plans.services.settling import settle
from fuyuantong.registers.cases.rehearsal import load_cases

PACK: Final = "wenxian-2021"
OFFICER: Final = "liaison-office.officer"
MONTH: Final = timedelta(days=31)


@transaction.atomic
def load_county(
    *, seed: int, matters: int, until: date, now: datetime, tell: Callable[[datetime, int], None] = lambda at, n: None
) -> Loaded:
    """
    Load the demo county with the plan that it works by and its court's cases, all of it or nothing; again is no harm.

    Raises: as `load_demo`.
    """
    check_programme(matters, until, now=now)
    begin, end = beginning_of(until), start_of(until)
    set_stage(now=begin)
    officer = account_by_username(OFFICER)
    applied = apply_pack(pack_of(PACK), by=officer, now=begin)
    if applied.done:  # who trains here trains with everything, whatever the plan of the place switches on
        set_mechanisms(
            tuple(catalogue.MECHANISMS),
            region_code=REGION,
            basis="演练县：全部机制供练习",
            valid_from=begin.astimezone(SHANGHAI).date(),
            by=officer,
            now=begin,
        )
    loaded = load_demo(seed=seed, matters=matters, until=until, now=now, tell=tell)
    if applied.done:
        _keep_the_ledger(begin, end)
    if matters and not loaded.again:
        load_cases(seed=seed, until=until, now=end)
    return loaded


def _keep_the_ledger(begin: datetime, end: datetime) -> None:
    """Let fall due, month by month, what the worker would have over the two years."""
    at = begin
    while at < end:
        create_due_items(now=at)
        at += MONTH
    create_due_items(now=end)
    settle(now=end)

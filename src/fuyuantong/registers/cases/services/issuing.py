"""Issuing a quarter's bulletin: what is sent round is frozen; when figures change later, a new edition says so."""

from datetime import datetime

from fuyuantong.matters.services.actors import By, today
from fuyuantong.matters.session import one_act
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.bulletins import Quarter, as_rows, figures_of
from fuyuantong.registers.cases.models import Bulletin
from fuyuantong.registers.cases.services.feeding import court_of
from fuyuantong.registers.cases.taking import wait_for_turn


class NothingToIssue(Refusal):
    """A bulletin that cannot be issued, or says nothing new."""

    key = "nothing-to-issue"
    title = "不能发布通报"


def issue_bulletin(quarter: Quarter, *, by: By, now: datetime) -> Bulletin:
    """
    Freeze a quarter's figures and show them to every organ; figures that have changed since make a new edition.

    Raises: `NotACourt`, `NoPost`, `NothingToIssue`.
    """
    court = court_of(by, now)
    if quarter.last >= today(now):
        raise NothingToIssue(f"{quarter}还没有结束", remedy=f"请在 {quarter.last} 以后发布。", field="quarter")
    with one_act():
        wait_for_turn()
        figures = as_rows(figures_of(quarter, keeper=court.pk))
        issued = Bulletin.objects.filter(keeper=court, year=quarter.year, quarter=quarter.number)
        last = issued.order_by("-edition").first()
        if not figures:
            raise NothingToIssue(f"{quarter}没有登记开庭", remedy="请先导入案件的开庭日期。", field="quarter")
        if last is not None and last.figures == figures:
            raise NothingToIssue("数字与已发布的相同", remedy="请查看已发布的通报。", field="quarter")
        return Bulletin.objects.create(
            keeper=court,
            year=quarter.year,
            quarter=quarter.number,
            edition=last.edition + 1 if last else 1,
            figures=figures,
            issued_at=now,
            account=by.account,
        )

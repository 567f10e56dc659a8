"""A task of a plan as what a new matter is about: whose it is, since when it was due, and what is there of it."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.terms import SHANGHAI, days_left
from fuyuantong.matters.services.about import Affair
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.periods import period_title
from fuyuantong.plans.queries.ledger import Task, TaskFilters, tasks
from fuyuantong.plans.queries.standings import Standing


def affair_of_task(plans: QuerySet[Plan], uid: UUID, *, now: datetime, calendar: Calendar) -> Affair | None:
    """Return an open task of plans that may be read as what a matter is about; None when there is none."""
    found = tasks(plans, TaskFilters(uid=uid), now=now)
    return _affair(found[0], today=now.astimezone(SHANGHAI).date(), calendar=calendar) if found else None


def _affair(task: Task, *, today: date, calendar: Calendar) -> Affair:
    obligation, worst = task.obligation, task.worst
    known = [one.organ.code for one in (*task.leads, *task.units) if one.organ is not None]
    holder = worst.item.organ.code if worst else next(iter(known), "")
    said = f"《{obligation.plan.name}》{obligation.clause}规定的任务“{obligation.title}”"
    said += _said(worst, today, calendar) if worst else "尚无到期的办理要求。"
    return Affair(obligation.uid, obligation.title, holder, said)


def _said(standing: Standing, today: date, calendar: Calendar) -> str:
    item = standing.item
    period = f"，{period_title(item.period)}自{item.starts_on}起，应于{item.due_on}前完成"
    left = days_left(item.due_on, today=today, calendar=calendar)
    late = f"，至{today}已逾期{-left.working}个工作日（{-left.natural}日）" if left.natural < 0 else ""
    return f"{period}{late}。{standing.judgment.why}"

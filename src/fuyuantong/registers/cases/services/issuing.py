"""Issuing figures of heads in court: what is sent or published is frozen; when figures change, a new edition says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q

from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.services.actors import By, today
from fuyuantong.matters.session import one_act
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import scopes_above, scopes_above_each
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.bulletins import Figure, IssueSpan, as_rows, figures_of
from fuyuantong.registers.cases.models.publication import Bulletin
from fuyuantong.registers.cases.models.sight import BulletinSight
from fuyuantong.registers.cases.services.feeding import court_of
from fuyuantong.registers.cases.taking import wait_for_turn

BULLETIN: Final = "appearance-bulletin"
COPIED: Final = "appearance-copies"


class NothingToIssue(Refusal):
    """A bulletin that cannot be issued, or says nothing new."""

    key = "nothing-to-issue"
    title = "不能发布"


def issue_bulletin(span: IssueSpan, *, by: By, now: datetime) -> Bulletin:
    """
    Freeze the figures of a quarter or a year; figures that have changed since make a new edition.

    A quarter's is sent to the organs sued in it, those above them, those that the place copies, and whoever sees the
    court's cases; a year's is published to every organ. Raises: `NotACourt`, `NoPost`, `NothingToIssue`.
    """
    court = court_of(by, now)
    if span.last >= today(now):
        raise NothingToIssue(f"{span}还没有结束", remedy=f"请在 {span.last} 以后发布。", field="span")
    with one_act():
        wait_for_turn()
        figures = figures_of(span, keeper=court.pk)
        issued = Bulletin.objects.filter(keeper=court, year=span.year, quarter=span.quarter)
        last = issued.order_by("-edition").first()
        if not figures:
            raise NothingToIssue(f"{span}没有登记开庭", remedy="请先导入案件的开庭日期。", field="span")
        if last is not None and last.figures == as_rows(figures):
            raise NothingToIssue("数字与已发布的相同", remedy="请查看已发布的。", field="span")
        sent = Bulletin.objects.create(
            keeper=court,
            year=span.year,
            quarter=span.quarter,
            edition=last.edition + 1 if last else 1,
            figures=as_rows(figures),
            issued_at=now,
            account=by.account,
        )
        _send(sent, span, figures, court, now)
        return sent


def _send(sent: Bulletin, span: IssueSpan, figures: Sequence[Figure], court: Organ, now: datetime) -> None:
    """Let the organs of which it tells see it, as they see their cases, and those that the place copies; tell them all."""
    copied = settings_of(court.region_code).organs(COPIED, on=today(now))
    sued = [figure.organ for figure in figures if figure.organ]
    told = Organ.objects.filter(Q(pk__in=sued) | Q(code__in=copied))
    scopes = {*scopes_above(court, on=today(now)), *(scope for _, scope in scopes_above_each(told, on=today(now)))}
    BulletinSight.objects.bulk_create(BulletinSight(bulletin_id=sent.pk, scope_id=scope) for scope in sorted(scopes))
    text = f"{span}负责人出庭应诉情况{span.act}" + (f"（第 {sent.edition} 版）" if sent.edition > 1 else "")
    codes = sorted(told.values_list("code", flat=True))
    body = {"from": court.code, "holder": "", "copies": codes, "text": text}
    Outbox.objects.create(target=BULLETIN, body=body, created_at=now)

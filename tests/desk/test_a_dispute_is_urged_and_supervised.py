"""A dispute that nobody works on: the ladder urges and supervises it, by moved time, and its pages say so."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.desk.acting import press
from tests.desk.conftest import Complaints, photograph

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters import tasks
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import open_by_hand, perform
from fuyuantong.matters.services.forms import Form
from fuyuantong.organs.models import Account

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
DAYS_AGO = 45


def test_an_overdue_dispute_is_urged_then_supervised(
    official: Official, complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = a_dispute_before(DAYS_AGO)
    now = timezone.now()
    for days in range(DAYS_AGO, -1, -1):
        at_nine(now - timedelta(days=days), monkeypatch)
    monkeypatch.undo()

    centre = official("dispute-centre.handler")
    centre.goto("/")
    expect(centre.locator(".left-late").first).to_contain_text("逾期")
    photograph(centre, "workbench-overdue")
    centre.goto(f"/matter/{uid}")
    expect(centre.get_by_text("催办：").or_(centre.get_by_text("督办：")).first).to_be_visible()
    expect(centre.get_by_text("逾期").first).to_be_visible()
    photograph(centre, "matter-supervised")
    office = official("liaison-office.officer")
    office.goto(f"/matter/{uid}")
    office.get_by_text("催办、批示、补充材料、备注").click()
    office.get_by_label("催办", exact=True).check()
    office.get_by_label("内容").fill("请于三日内分流。")
    press(office, "记入经过")
    expect(office.get_by_text("请于三日内分流。")).to_be_visible()
    assert complaints == []


def a_dispute_before(days: int) -> str:
    """Register a dispute that many days ago, and leave it at that."""
    then = timezone.now() - timedelta(days=days)
    by = By(Account.objects.get(username="dispute-centre.handler"))
    uid = open_by_hand("dispute", "要求落实征地补偿", by=by, now=then).matter
    values = {
        "title": "要求落实征地补偿",
        "source": "当事人申请",
        "stage": "诉前",
        "kind": "行政征收征用",
        "applicant": "某种植合作社",
        "respondent": "410825-civil-affairs",
        "demand": "补发差额。",
    }
    perform(uid, "register", by=by, now=then, form=Form(values))
    return uid


def at_nine(day: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker run at nine in the morning of a day."""
    moment = day.astimezone(SHANGHAI).replace(hour=9, minute=0)
    monkeypatch.setattr(tasks.timezone, "now", lambda: moment)
    tasks.let_time_pass(timestamp=0)

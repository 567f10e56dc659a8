"""Reported figures stand beside those of the register; where they differ it is marked, and why none is known is said."""

import pytest
from django.test import Client
from tests.suggestions import COURT, OFFICE, a_county, at
from tests.unit.registers.conftest import brought
from tests.unit.registers.test_figures import CASES, HEAD

from fuyuantong.matters.services.acts import Form, perform
from fuyuantong.matters.services.opening import open_for
from fuyuantong.registers.cases.services.feeding import confirm_feed

pytestmark = pytest.mark.django_db
NOW = at("2026-11-22")


@pytest.fixture
def county():
    return a_county()


def owed(county, period="2026年第三季度", kind="涉诉五项指标"):
    values = {"kind": kind, "title": "五项", "period": period, "receiver_organ": OFFICE, "due_by": "2026-12-31"}
    told = {"entry": "owed", "roles": {"reporter": COURT}, "values": values, "now": NOW}
    return open_for("periodic-return", "五项", **told).matter


def report(county, uid, *figures):
    rows = [
        {"indicator": name, "numerator": above, "denominator": below, "note": "无"} for name, above, below in figures
    ]
    perform(uid, "report_figures", by=county.by(COURT), now=NOW, form=Form(values={"figures": rows}))


def page(county, uid):
    client = Client()
    client.force_login(county.people[OFFICE])
    return client.get(f"/matter/{uid}").content.decode()


def test_what_differs_is_marked_and_what_agrees_too(county):
    confirm_feed(brought(county, *CASES, head=HEAD), by=county.by(COURT), now=NOW)
    uid = owed(county)
    report(county, uid, ("行政机关败诉率", 2, 5), ("信息公开案件败诉率", 1, 2), ("生效裁判自动履行率", 9, 9))
    found = page(county, uid)

    assert ("2 / 5" in found, "3 / 5" in found, "2 / 3" in found) == (True, True, True)
    assert (found.count("不一致</span>"), found.count(">一致</span>")) == (1, 1)
    assert "登记的案件不含履行情况" in found
    assert "未报送" in found


def test_without_cases_or_a_time_nothing_is_reckoned(county):
    assert "报送单位没有登记案件" in page(county, owed(county))
    assert "无法对应到登记的案件" in page(county, owed(county, period="近期"))


def test_what_reports_no_figures_is_not_compared(county):
    assert "对照" not in page(county, owed(county, kind="推进情况"))

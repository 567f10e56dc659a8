"""A task that is overdue is ordered from its own page, the letter drafted from what was due."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from tests.builders import an_official
from tests.unit.plans.test_packs import SMALL, written
from uuid_utils.compat import uuid7

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.pack_reading import read_pack
from fuyuantong.plans.queries.affairs import affair_of_task
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.packs import apply_pack

pytestmark = pytest.mark.django_db
PUBLISHED, LATE = (datetime(2025, 3, day, 10, tzinfo=SHANGHAI) for day in (3, 31))


@pytest.fixture
def office(tmp_path: Path) -> Account:
    text = SMALL.replace('{ long_term = true, raw = "长期坚持" }', "{ on = 2025-03-20 }").replace("ADR-05", "FND-01")
    text = text.replace('mechanisms = ["dispute"]\n', "")
    apply_pack(read_pack(written(tmp_path, text)), now=PUBLISHED)
    create_due_items(now=PUBLISHED)
    return an_official(Organ.objects.get(code="410825-liaison-office"), kind=PostKind.OFFICE, since=date(2025, 1, 1))


def test_an_order_says_what_was_due_and_how_late_it_is(office: Account) -> None:
    affair = affair_of_task(Plan.objects.all(), Obligation.objects.get().uid, now=LATE, calendar=current_calendar())

    assert affair is not None
    assert (affair.title, affair.holder) == ("办好一件实事", "410825-justice")
    assert "应于2025-03-20前完成，至2025-03-31已逾期7个工作日（11日）。" in affair.standing


def test_of_a_task_whose_units_nobody_knows_nothing_is_due(tmp_path: Path) -> None:
    text = SMALL.replace('units = ["司法局"]', 'units = ["有关单位"]')
    apply_pack(read_pack(written(tmp_path, text)), now=PUBLISHED)

    affair = affair_of_task(Plan.objects.all(), Obligation.objects.get().uid, now=LATE, calendar=current_calendar())

    assert affair is not None
    assert (affair.holder, affair.standing.endswith("尚无到期的办理要求。")) == ("", True)


def test_the_office_orders_a_task_and_finds_the_order_on_its_page(office: Account) -> None:
    desk, task = Client(), Obligation.objects.get()
    desk.force_login(office)

    assert f"/open?task={task.uid}" in desk.get(f"/tasks/{task.uid}").content.decode()
    assert f"drafting?task={task.uid}" in desk.get(f"/open?task={task.uid}").content.decode()
    desk.post(f"/open/supervision-order/drafting?task={task.uid}", {"title": "关于实事的督办", "key": "k"})
    assert "关于实事的督办" in desk.get(f"/tasks/{task.uid}").content.decode()
    assert desk.get(f"/open?task={uuid7()}").status_code == 404

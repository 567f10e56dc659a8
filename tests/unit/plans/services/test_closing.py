"""销号, for one period or for good, and back again."""

import pytest
from tests.builders import NOW, an_official, an_organ
from tests.builders_plans import a_plan, an_obligation, an_office_holder

from fuyuantong.plans.services.closing import BadReason, NotInThatState, close, confirm_item, reopen, reopen_item
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.guarding import NotTheOffice

pytestmark = pytest.mark.django_db


@pytest.fixture
def obligation():
    made = an_obligation(a_plan(), an_organ("410825-court"), dues=({"period": "year"},))
    create_due_items(now=NOW)
    return made


@pytest.fixture
def officer(obligation):
    return an_office_holder(obligation.plan)


def entries(obligation):
    """Return what the ledger tells."""
    return list(obligation.entries.order_by("pk").values_list("kind", "detail"))


def test_the_office_confirms_one_period(obligation, officer):
    item = confirm_item(obligation.due_items.get(), "已核实。", by=officer, now=NOW)

    assert (item.done_on, item.done_by) == (NOW.date(), officer)
    assert entries(obligation) == [("closed", {"reason": "已核实。", "period": "2026", "organ": "410825-court"})]


def test_of_what_has_no_end_a_review_is_told(officer, obligation):
    endless = an_obligation(obligation.plan, an_organ(), dues=({"type": "long_term"},))
    create_due_items(now=NOW)

    confirm_item(endless.due_items.get(), "继续坚持。", by=officer, now=NOW)

    assert [kind for kind, _ in entries(endless)] == ["reviewed"]


def test_a_period_taken_for_done_is_opened_again(obligation, officer):
    confirm_item(obligation.due_items.get(), "已核实。", by=officer, now=NOW)

    item = reopen_item(obligation.due_items.get(), "材料不实。", by=officer, now=NOW)

    assert (item.done_on, item.done_by) == (None, None)
    assert [kind for kind, _ in entries(obligation)] == ["closed", "reopened"]


def test_an_obligation_is_closed_for_good_and_opened_again(obligation, officer):
    closed = close(obligation, "全部完成。", by=officer, now=NOW)
    assert (closed.closed_on, closed.closed_reason) == (NOW.date(), "全部完成。")

    assert reopen(obligation, "又有新情况。", by=officer, now=NOW).closed_on is None
    assert [kind for kind, _ in entries(obligation)] == ["closed", "reopened"]


def test_nothing_is_done_twice(obligation, officer):
    item = obligation.due_items.get()
    with pytest.raises(NotInThatState, match="尚未完成"):
        reopen_item(item, "误。", by=officer, now=NOW)
    with pytest.raises(NotInThatState, match="没有销号"):
        reopen(obligation, "误。", by=officer, now=NOW)
    confirm_item(item, "已核实。", by=officer, now=NOW)
    close(obligation, "全部完成。", by=officer, now=NOW)
    with pytest.raises(NotInThatState, match="已于"):
        confirm_item(item, "已核实。", by=officer, now=NOW)
    with pytest.raises(NotInThatState, match="已于"):
        close(obligation, "全部完成。", by=officer, now=NOW)


def test_only_the_office_does_so_and_it_says_why(obligation, officer):
    court = an_official(obligation.responsible.get().organ)
    with pytest.raises(NotTheOffice):
        confirm_item(obligation.due_items.get(), "已核实。", by=court, now=NOW)
    with pytest.raises(NotTheOffice):
        close(obligation, "完成。", by=court, now=NOW)
    with pytest.raises(BadReason):
        close(obligation, " ", by=officer, now=NOW)

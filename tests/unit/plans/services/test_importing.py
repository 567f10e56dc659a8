"""Bringing an office's own task ledger in."""

import pytest
from tests.builders import NOW, an_official, an_organ
from tests.plan_papers import a_place

from fuyuantong.matters.services.files import store_file
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.models.plan import Plan
from fuyuantong.plans.services.guarding import NotTheOffice
from fuyuantong.plans.services.importing import BadLedger, LedgerTable, import_ledger
from fuyuantong.plans.task_table import read_row

pytestmark = pytest.mark.django_db
ROWS = (
    {
        "title": "召开联席会议",
        "lead": "县法院",
        "units": "县司法局",
        "due": "每季度",
        "note": "已开一次",
        "state": "推进中",
    },
    {"title": "设立资金", "lead": "县财政局", "due": "2021-04-30", "state": "已完成"},
    {"title": "设立资金", "units": "县教育局", "due": "长期坚持"},
)


@pytest.fixture
def place():
    return a_place()


def a_table(*rows, name="2026年任务台账"):
    """Return a table as it was read."""
    return LedgerTable(
        digest=store_file(b"excel", mime="application/octet-stream", now=NOW),
        file_name="台账.xlsx",
        name=name,
        tasks=[read_row(number, row) for number, row in enumerate(rows, 2)],
    )


def test_the_rows_become_obligations_of_a_plan_whose_document_is_the_table(place):
    plan, published = import_ledger(a_table(*ROWS), by=place.officer, now=NOW)

    version = plan.versions.get()
    assert (published.new, published.unmapped) == (3, ("县教育局",))
    assert (version.state, version.file_name, version.text) == (
        "published",
        "台账.xlsx",
        "召开联席会议\n设立资金\n设立资金",
    )
    first, *_ = Obligation.objects.filter(plan=plan).order_by("number")
    assert version.text[first.span_start : first.span_end] == first.title == "召开联席会议"
    assert [one.organ.code for one in first.responsible.all()] == ["410825-court", "410825-justice"]


def test_notes_of_progress_stay_beside_their_obligations_and_what_is_done_is_closed(place):
    plan, _ = import_ledger(a_table(*ROWS), by=place.officer, now=NOW)
    meeting, fund, again = Obligation.objects.filter(plan=plan).order_by("number")

    assert [(note.kind, note.text) for note in meeting.notes.all()] == [("imported", "已开一次")]
    assert [one.closed_reason for one in (meeting, fund, again)] == ["", "原台账注明已完成", ""]


def test_nothing_is_taken_of_a_table_with_a_fault(place):
    with pytest.raises(BadLedger, match="第 3 行还有错误"):
        import_ledger(a_table(ROWS[0], {"title": "培训", "due": "13月45日"}), by=place.officer, now=NOW)
    assert not Plan.objects.exists()


def test_a_table_without_rows_or_with_the_name_of_another_is_refused(place):
    with pytest.raises(BadLedger, match="没有可以导入的行"):
        import_ledger(a_table(), by=place.officer, now=NOW)
    import_ledger(a_table(ROWS[0]), by=place.officer, now=NOW)
    with pytest.raises(BadLedger, match="已有名为"):
        import_ledger(a_table(ROWS[0]), by=place.officer, now=NOW)


def test_only_an_office_brings_a_ledger_in():
    with pytest.raises(NotTheOffice):
        import_ledger(a_table(ROWS[0]), by=an_official(an_organ()), now=NOW)

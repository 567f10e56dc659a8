"""What organs say and show beside an obligation."""

from datetime import date

import pytest
from tests.builders import NOW, an_official, an_organ
from tests.builders_plans import a_plan, an_obligation, an_office_holder

from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.files import NotStored, store_file
from fuyuantong.plans.services.closing import close, confirm_item
from fuyuantong.plans.services.due_items import create_due_items
from fuyuantong.plans.services.notes import AlreadyClosed, BadNote, NotResponsible, show_evidence, write_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def court():
    return an_organ("410825-court", branch="court")


@pytest.fixture
def obligation(plan, court):
    made = an_obligation(plan, court, joint=(an_organ("410825-justice"),), dues=({"period": "year"},))
    create_due_items(now=NOW)
    return made


@pytest.fixture
def clerk(court):
    return By(an_official(court), court.code)


@pytest.fixture
def office(plan):
    return By(an_office_holder(plan), plan.office.code)


def minutes():
    """Return the name of a stored file by its digest."""
    return {store_file("纪要".encode(), mime="text/plain", now=NOW): "folder\\纪要.docx"}


def test_a_responsible_organ_says_how_it_goes_on(obligation, clerk):
    note = write_note(obligation, " 已起草初稿。 ", by=clerk, now=NOW, files=minutes())

    assert (note.organ.code, note.kind, note.text) == ("410825-court", "progress", "已起草初稿。")
    assert [file.name for file in note.files.all()] == ["纪要.docx"]


def test_the_office_writes_beside_every_obligation(obligation, office):
    assert write_note(obligation, "已催办。", by=office, now=NOW).organ == obligation.plan.office


def test_another_organ_does_not(obligation):
    stranger = an_organ()

    with pytest.raises(NotResponsible):
        write_note(obligation, "已完成。", by=By(an_official(stranger), stranger.code), now=NOW)


def test_nobody_writes_for_an_organ_in_which_they_hold_no_post(obligation, court, office):
    with pytest.raises(NotResponsible):
        write_note(obligation, "已完成。", by=By(office.account, court.code), now=NOW)


def test_a_note_names_only_files_that_were_stored(obligation, clerk):
    with pytest.raises(NotStored):
        write_note(obligation, "已完成。", by=clerk, now=NOW, files={"00" * 32: "没有.docx"})


def test_evidence_is_a_document_for_one_due_item(obligation, clerk):
    item = obligation.due_items.get()

    note = show_evidence(item, "纪要已印发。", by=clerk, now=NOW, files=minutes())

    assert (note.kind, note.due_item) == ("evidence", item)


def test_evidence_without_a_document_is_none(obligation, clerk):
    with pytest.raises(BadNote, match="须附材料"):
        show_evidence(obligation.due_items.get(), "已完成。", by=clerk, now=NOW)


def test_the_office_may_show_evidence_for_an_organ(obligation, office):
    assert show_evidence(obligation.due_items.get(), "纸质报送。", by=office, now=NOW, files=minutes()).pk


def test_who_only_joins_shows_no_evidence_for_who_leads(obligation):
    justice = obligation.responsible.get(part="joint").organ

    with pytest.raises(NotResponsible, match="由其他单位承担"):
        show_evidence(
            obligation.due_items.get(), "完成。", by=By(an_official(justice), justice.code), now=NOW, files=minutes()
        )


def test_nothing_is_added_to_what_is_done(obligation, clerk, office):
    item = confirm_item(obligation.due_items.get(), "已核实。", by=office.account, now=NOW)

    with pytest.raises(AlreadyClosed, match="2026-11-22"):
        show_evidence(item, "补充。", by=clerk, now=NOW, files=minutes())


def test_nothing_is_added_to_what_is_closed(obligation, clerk, office):
    close(obligation, "已全部完成。", by=office.account, now=NOW)

    with pytest.raises(AlreadyClosed, match=str(date(2026, 11, 22))):
        write_note(obligation, "补充。", by=clerk, now=NOW)

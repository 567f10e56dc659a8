"""An organ without a terminal takes part through its papers: the court or the office enters them, and is named."""

import pytest
from tests.builders import an_official, an_organ
from tests.builders_matters import a_file
from tests.suggestions import (
    COURT,
    HOUSING,
    LETTER,
    OFFICE,
    County,
    act,
    answer_of,
    at,
    issued,
    last,
    standing,
)

from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.services.actors import By, NoProxy
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.slips import Note, annotate, decline, make_request
from fuyuantong.matters.session import acting
from fuyuantong.organs.vocabulary import PostKind

NOW, LATER = at("2026-08-03"), at("2026-08-10")
MILL = "410825-mill"


@pytest.fixture
def county(county: County) -> County:
    an_organ(MILL, online=False, under=county.organs["410825-government"], node_id="node-two")
    return county


@pytest.fixture
def officer(county: County) -> By:
    """Give someone of the office, acting for the mill."""
    return By(an_official(county.organs[OFFICE], kind=PostKind.OFFICE), organ=OFFICE, on_behalf_of=MILL)


@pytest.fixture
def signer(county: County) -> By:
    """Give someone of the office who signs, acting for the mill."""
    return By(county.people[OFFICE], organ=OFFICE, on_behalf_of=MILL)


@pytest.fixture
def letter(county: County) -> str:
    """Give what the mill was asked to answer."""
    return answer_of(issued(county, MILL, now=NOW), MILL)


def scan(text: str = "回执") -> tuple[str, ...]:
    return (a_file(text, now=NOW),)


def test_the_office_enters_the_receipt_and_both_organs_are_named(officer: By, letter: str) -> None:
    done = perform(letter, "receive", by=officer, now=LATER, form=Form(files=scan()))

    assert (done.record.actor.organ, done.record.actor.on_behalf_of) == (OFFICE, MILL)
    assert (done.holder, done.record.files) == (MILL, scan())


def test_the_court_as_a_party_may_enter_the_paper_answer_too(county: County, officer: By, letter: str) -> None:
    perform(letter, "receive", by=officer, now=LATER, form=Form(files=scan()))
    by = county.by(COURT, on_behalf_of=MILL)
    form = Form({"reply": "已整改。", "letter": list(scan("复函"))}, files=scan("复函"))

    assert perform(letter, "reply", by=by, now=LATER, form=form).record.actor.organ == COURT


def test_a_stranger_may_not(county: County, letter: str) -> None:
    by = county.by(HOUSING, on_behalf_of=MILL)

    with pytest.raises(NoProxy, match="不是本件的一方，也不是其领导小组办公室"):
        perform(letter, "receive", by=by, now=LATER, form=Form(files=scan()))


def test_who_is_only_copied_may_not_either(county: County) -> None:
    uid = open_by_hand("judicial-suggestion", "建议", by=county.by(COURT), now=NOW).matter
    values = {**LETTER, "receiver_organs": [MILL], "reply_by": "2026-09-30", "copied": [HOUSING]}
    act(county, uid, "issue", now=NOW, **values)

    with pytest.raises(NoProxy):
        annotate(uid, Note.REMARK, "已知悉", by=county.by(HOUSING, on_behalf_of=MILL), now=NOW, files=scan())


def test_without_a_paper_nothing_is_entered(officer: By, letter: str) -> None:
    with pytest.raises(NoProxy, match="扫描件"):
        perform(letter, "receive", by=officer, now=LATER)


def test_its_requests_notes_and_refusals_are_entered_the_same_way(
    county: County, officer: By, signer: By, letter: str
) -> None:
    perform(letter, "receive", by=officer, now=LATER, form=Form(files=scan()))
    noted = annotate(letter, Note.REMARK, "电话告知，书面答复在途", by=officer, now=LATER, files=scan())
    perform(letter, "misdirected", by=officer, now=LATER, form=Form({"reason": "不归本单位管"}, files=scan()))
    form = Form({"note": "职责清单", "file": list(scan("清单"))}, files=scan("清单"))
    asked = make_request(letter, "add_material", by=signer, now=LATER, form=form)

    assert {record.actor.on_behalf_of for record in (noted.record, asked.record)} == {MILL}


def test_the_holder_that_is_not_on_line_declines_through_a_proxy(county: County, signer: By) -> None:
    uid = open_by_hand("head-appearance", "出庭", by=county.by(COURT), now=NOW).matter
    assert standing(uid).situation.holder == COURT
    with pytest.raises(NoProxy):
        decline(uid, "any", reason="不准", by=signer, now=NOW)


def test_a_matter_that_the_office_opens_for_it_is_kept_at_the_office_and_counted_apart(officer: By) -> None:
    uid = open_by_hand("joint-matter", "申报事项", by=officer, now=NOW, form=Form(files=scan("申报表"))).matter

    with acting():
        row = Matter.objects.select_related("initiator").get(uid=uid)
    assert (row.provenance, row.custodian_node, row.initiator.code) == (Provenance.PROXY, "node-one", MILL)
    assert last(uid).on_behalf_of == MILL


def test_what_the_court_issued_itself_is_no_proxy_matter(county: County, officer: By, letter: str) -> None:
    perform(letter, "receive", by=officer, now=LATER, form=Form(files=scan()))

    with acting():
        assert set(Matter.objects.values_list("provenance", flat=True)) == {Provenance.LIVE}


def test_once_it_is_on_line_it_acts_for_itself(county: County, officer: By) -> None:
    by = By(officer.account, organ=OFFICE, on_behalf_of=HOUSING)
    uid = answer_of(issued(county, HOUSING, now=NOW), HOUSING)

    with pytest.raises(NoProxy, match=f"{HOUSING} 已上线"):
        perform(uid, "receive", by=by, now=LATER, form=Form(files=scan()))
    assert act(county, uid, "receive", now=LATER).record.actor.on_behalf_of == ""

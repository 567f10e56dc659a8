"""A letter is written inside the court: assigned, drafted, proposed, given back, signed; outside it appears at once."""

import pytest
from tests.builders import an_official
from tests.builders_matters import a_file
from tests.suggestions import COURT, GOVERNMENT, HOUSING, LETTER, OFFICE, County, at, standing

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.queries import NoSuchMatter, attachments, inner_trail, matter_page, slips, trail
from fuyuantong.matters.services.actors import By, NoPost
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.inner import approve, assign, propose, return_draft, save_draft
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.matters.trails import verify_inner
from fuyuantong.organs.models import Account
from fuyuantong.organs.vocabulary import PostKind

NOW = at("2026-08-03")
WHOLE = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"}


@pytest.fixture
def handler(county: County) -> By:
    return By(an_official(county.organs[COURT]), organ=COURT)


@pytest.fixture
def outsiders(county: County) -> list[Account]:
    """Give all others who would see the letter once it is issued."""
    officer = an_official(county.organs[OFFICE], kind=PostKind.OFFICE)
    auditor = an_official(county.organs[OFFICE], kind=PostKind.AUDITOR)
    return [county.people[HOUSING], county.people[GOVERNMENT], officer, auditor]


@pytest.fixture
def draft(county: County, outsiders: list[Account], handler: By) -> str:
    """Give a letter that was drafted, proposed, given back and proposed again."""
    uid = open_by_hand("judicial-suggestion", "关于规范处罚的建议", by=handler, now=NOW).matter
    assign(uid, handler.account.username, by=county.by(COURT), now=NOW)
    save_draft(uid, "issue", by=handler, now=NOW, form=Form({"cause": "16件"}))
    propose(uid, "issue", by=handler, now=NOW, form=Form(WHOLE, files=(a_file("底稿", now=NOW),)))
    return_draft(uid, "第二项建议写具体", by=county.by(COURT), now=NOW)
    propose(uid, "issue", by=handler, now=NOW, form=Form(WHOLE))
    return uid


def uid_of(matter: str):
    with acting():
        return Matter.objects.get(uid=matter).uid


def test_nobody_outside_knows_of_a_draft(outsiders: list[Account], draft: str) -> None:
    uid = uid_of(draft)
    for account in outsiders:
        with reading_as(account, at=NOW) as reader:
            for read in (matter_page, trail, inner_trail, slips, attachments):
                with pytest.raises(NoSuchMatter):
                    read(reader, uid)


def test_the_court_sees_who_did_what_inside(county: County, handler: By, draft: str) -> None:
    with reading_as(handler.account, at=NOW) as reader:
        done = [record.kind for record in inner_trail(reader, uid_of(draft))]

    assert done == ["assigned", "drafted", "proposed", "returned", "proposed"]


def test_the_handler_cannot_go_past_the_head(handler: By, draft: str) -> None:
    with pytest.raises(NoPost):
        perform(draft, "issue", by=handler, now=NOW, form=Form(WHOLE))


def test_signed_it_is_issued_as_proposed_and_cites_what_went_on_inside(county: County, draft: str) -> None:
    done = approve(draft, by=county.by(COURT), now=NOW)

    assert (done.state, done.record.values["receiver_organs"]) == ("answering", [HOUSING])
    with reading_as(county.people[COURT], at=NOW) as reader:
        head = inner_trail(reader, uid_of(draft))[-1]
    assert done.record.resolved["inner_head"] == bytes(head.digest).hex()


def test_after_issue_the_others_see_the_letter_and_nothing_of_its_making(
    county: County, outsiders: list[Account], draft: str
) -> None:
    approve(draft, by=county.by(COURT), now=NOW)
    uid = uid_of(draft)
    for account in outsiders:
        with reading_as(account, at=NOW) as reader:
            assert [record.move for record in trail(reader, uid)] == ["issue"]
            assert inner_trail(reader, uid) == []
            assert attachments(reader, uid) == []


def test_the_inner_trail_holds(county: County, draft: str) -> None:
    approve(draft, by=county.by(COURT), now=NOW)

    with acting():
        assert verify_inner(Matter.objects.get(uid=draft)) == {}
    assert standing(draft).situation.issued_seq == 2

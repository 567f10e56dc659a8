"""Who does not hold may ask, demand, add, urge and remark; the holder answers."""

from datetime import date, timedelta

import pytest
from tests.builders import an_official
from tests.builders_matters import CLAIM, a_claim, a_file, in_the_catalogue, moved, stored
from tests.suggestions import (
    COURT,
    FORESTRY,
    GOVERNMENT,
    HOUSING,
    OFFICE,
    County,
    act,
    at,
    drafted,
    last,
    replying,
    standing,
)

from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.services.actors import By, NoPost, NoProxy, WrongDate
from fuyuantong.matters.services.acts import Form
from fuyuantong.matters.services.files import NotStored
from fuyuantong.matters.services.slips import BadNote, Note, annotate, decline, explain_open, make_request
from fuyuantong.matters.session import acting
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol.offers import NotOffered, NotYourTurn
from fuyuantong.protocol.values import MOST_ROWS, ValuesRefused

NOW = at("2026-08-03")
PERSON = Form(values={"person": "乙某"})
REASON = Form(values={"reason": "情况变化"})


@pytest.fixture
def claim(county: County, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a claim of the court that the housing bureau holds."""
    in_the_catalogue(CLAIM, monkeypatch)
    return a_claim(county, now=NOW)


def slip_of(uid: str) -> Slip:
    with acting():
        return Slip.objects.filter(matter_uid=uid).latest("created_at", "author_seq")


def test_a_demand_takes_effect_at_once(county: County, claim: str) -> None:
    done = make_request(claim, "take_back", by=county.by(COURT), now=NOW, form=REASON)

    assert (done.state, done.record.kind, done.record.act) == ("dropped", "slip-admitted", "request:take_back")
    slip = slip_of(claim)
    assert (slip.kind, slip.organ.code, slip.admitted_seq) == ("request:take_back", COURT, done.record.seq)
    assert slip.body == {"values": {"reason": "情况变化"}}


def test_a_demand_that_comes_too_late_is_told_which_record_won(county: County) -> None:
    uid = replying(county, now=NOW)
    act(county, uid, "ask_extension", now=NOW, reason="需汇总")

    with pytest.raises(NotOffered, match=f"不能提出“.*”；进入当前环节的是第 3 号记录：{HOUSING}.*“申请延期答复”"):
        make_request(uid, "recall", by=county.by(COURT), now=NOW, form=REASON)


def test_of_two_demands_the_first_admitted_wins(county: County, claim: str) -> None:
    make_request(claim, "take_back", by=county.by(COURT), now=NOW, form=REASON)

    with pytest.raises(NotOffered, match=r"以“已作废”办结；进入当前环节的是第 3 号记录：.*“收回”"):
        make_request(claim, "take_back", by=county.by(COURT), now=NOW, form=REASON)


def test_a_request_waits_for_the_holder(county: County, claim: str) -> None:
    done = make_request(claim, "change", by=county.by(COURT), now=NOW, form=PERSON)

    assert (done.state, done.holder) == ("helping", HOUSING)
    assert list(standing(claim).situation.requests) == [str(slip_of(claim).pk)]


def test_a_row_is_added_under_the_id_of_its_slip(county: County, claim: str) -> None:
    form = Form(values={"lead": "目击", "informant": "丙某"})
    make_request(claim, "tip", by=county.by(COURT), now=NOW, form=form)

    (row,) = standing(claim).situation.values["leads"]
    assert (row["lead"], row["$row"], row["$organ"]) == ("目击", str(slip_of(claim).pk), COURT)


def test_a_row_leaves_to_the_holder_what_the_holder_fills_in(county: County, claim: str) -> None:
    form = Form(values={"lead": "目击", "informant": "丙某", "verdict": "属实"})

    with pytest.raises(ValuesRefused, match="“verdict”由办理单位填写"):
        make_request(claim, "tip", by=county.by(COURT), now=NOW, form=form)


def test_a_full_table_takes_no_more_rows(county: County, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuyuantong.matters.services.slips.MOST_ROWS", 1)
    form = Form(values={"lead": "目击", "informant": "丙某"})
    make_request(claim, "tip", by=county.by(COURT), now=NOW, form=form)

    with pytest.raises(NotOffered, match="“线索”已有 1 行，不能再加"):
        make_request(claim, "tip", by=county.by(COURT), now=NOW, form=form)
    assert MOST_ROWS == 200


def test_a_file_of_a_row_is_attached_and_one_never_stored_refused(county: County) -> None:
    uid = replying(county, now=NOW)
    act(county, uid, "misdirected", now=NOW, reason="不归本单位管")
    letter = a_file("职责清单", now=NOW)

    make_request(uid, "add_material", by=county.by(HOUSING), now=NOW, form=Form({"note": "清单", "file": [letter]}))

    with acting():
        found = Attachment.objects.get(matter__uid=uid, field="materials.file")
    assert found.seq == last(uid).seq
    form = Form({"note": "清单", "file": ["ab" * 32]})
    with pytest.raises(NotStored):
        make_request(uid, "add_material", by=county.by(HOUSING), now=NOW, form=form)


def test_an_unknown_request_is_refused_with_those_there_are(county: County, claim: str) -> None:
    with pytest.raises(NotOffered, match="没有“fly”这一申请；现有：请求更换当事人（change）、收回"):
        make_request(claim, "fly", by=county.by(COURT), now=NOW)


def test_a_party_without_the_right_is_told_so(county: County, claim: str) -> None:
    with pytest.raises(NotYourTurn, match=f"{HOUSING} 不是可以提出“收回”的一方"):
        make_request(claim, "take_back", by=county.by(HOUSING), now=NOW, form=REASON)


def test_a_stranger_is_told_that_there_is_no_such_matter(county: County, claim: str) -> None:
    with pytest.raises(NoSuchMatter):
        make_request(claim, "take_back", by=county.by(FORESTRY), now=NOW, form=REASON)


def test_a_request_as_of_an_earlier_day_wants_a_ground(county: County, claim: str) -> None:
    earlier, later = date(2026, 8, 4), NOW + timedelta(days=2)

    with pytest.raises(WrongDate, match="须写明依据"):
        make_request(claim, "change", by=county.by(COURT, effective_on=earlier), now=later, form=PERSON)
    by = county.by(COURT, effective_on=earlier, basis="邮戳")
    done = make_request(claim, "change", by=by, now=later, form=PERSON)
    assert (done.record.effective_on, done.record.recorded_at, done.record.basis) == (earlier, later, "邮戳")


def test_what_waits_may_be_declined_with_a_reason(county: County, claim: str) -> None:
    make_request(claim, "change", by=county.by(COURT), now=NOW, form=PERSON)
    slip = str(slip_of(claim).pk)

    done = decline(claim, slip, reason="并无此人", by=county.by(HOUSING), now=NOW)

    assert (done.record.act, done.record.resolved["declined"]) == ("decline", "并无此人")
    assert slip_of(claim).answer == {"granted": False, "seq": 4}
    assert standing(claim).situation.requests == {}


def test_what_was_declined_cannot_be_answered_again(county: County, claim: str) -> None:
    make_request(claim, "change", by=county.by(COURT), now=NOW, form=PERSON)
    slip = str(slip_of(claim).pk)
    decline(claim, slip, reason="并无此人", by=county.by(HOUSING), now=NOW)

    with pytest.raises(NotOffered, match="该申请已由第 4 号记录答复（不予准许）"):
        decline(claim, slip, reason="并无此人", by=county.by(HOUSING), now=NOW)


@pytest.mark.parametrize("slip", ["no-slip", "01987654-0000-7000-8000-000000000000", "\x00"])
def test_a_request_that_was_never_made_cannot_be_declined(county: County, claim: str, slip: str) -> None:
    with pytest.raises(NotOffered, match="本件没有这一申请"):
        decline(claim, slip, reason="并无此人", by=county.by(HOUSING), now=NOW)


def test_only_the_holder_declines(county: County, claim: str) -> None:
    make_request(claim, "change", by=county.by(COURT), now=NOW, form=PERSON)
    slip = str(slip_of(claim).pk)

    with pytest.raises(NotYourTurn):
        decline(claim, slip, reason="并无此人", by=county.by(COURT), now=NOW)
    with pytest.raises(NoSuchMatter):
        decline(claim, slip, reason="并无此人", by=county.by(FORESTRY), now=NOW)


def test_no_words_are_put_into_the_mouth_of_an_organ_on_line(county: County, claim: str) -> None:
    make_request(claim, "change", by=county.by(COURT), now=NOW, form=PERSON)
    by = county.by(COURT, on_behalf_of=HOUSING)
    before = stored()

    with pytest.raises(NoProxy):
        decline(claim, str(slip_of(claim).pk), reason="并无此人", by=by, now=NOW)
    with pytest.raises(NoProxy):
        annotate(claim, Note.REMARK, "已知悉", by=by, now=NOW)
    with pytest.raises(NoProxy):
        explain_open(claim, "仍在观察", by=by, now=NOW)
    assert stored() == before


@pytest.mark.parametrize("reason", ["", "  ", "字" * 4_001, "因\x00"])
def test_a_reason_must_be_said_so_that_it_can_be_read(county: County, claim: str, reason: str) -> None:
    with pytest.raises(BadNote):
        decline(claim, "any", reason=reason, by=county.by(HOUSING), now=NOW)


def test_a_party_urges_and_the_note_is_on_the_trail(county: County, claim: str) -> None:
    paper = a_file("催办函", now=NOW)
    done = annotate(claim, Note.URGE, " 请尽快办理 ", by=county.by(COURT), now=NOW, files=(paper,))

    assert (done.record.act, done.record.resolved["note"], done.state) == ("note:urge", "请尽快办理", "helping")
    assert (slip_of(claim).kind, slip_of(claim).body) == ("note:urge", {"text": "请尽快办理"})
    with acting():
        assert Attachment.objects.filter(matter__uid=claim, seq=done.record.seq).count() == 1


def test_an_annotation_begins_no_new_stay(county: County, claim: str) -> None:
    before = standing(claim).situation.stay_seq
    annotate(claim, Note.REMARK, "已知悉", by=county.by(COURT), now=NOW)

    assert standing(claim).situation.stay_seq == before


def test_an_unknown_kind_of_note_is_refused(county: County, claim: str) -> None:
    with pytest.raises(BadNote, match="没有“shout”这一种；可选：催办（urge）"):
        annotate(claim, "shout", "请尽快", by=county.by(COURT), now=NOW)  # type: ignore[arg-type]


def test_an_instruction_is_given_by_who_may_sign(county: County, claim: str) -> None:
    with pytest.raises(NoPost, match="须由负责人或者签发人"):
        annotate(claim, Note.INSTRUCT, "请从速", by=By(an_official(county.organs[COURT])), now=NOW)
    assert annotate(claim, Note.INSTRUCT, "请从速", by=county.by(COURT), now=NOW).record.act == "note:instruct"


def test_the_office_of_the_region_urges_too(county: County, claim: str) -> None:
    officer = By(an_official(county.organs[OFFICE], kind=PostKind.OFFICE))

    assert annotate(claim, Note.URGE, "请从速", by=officer, now=NOW).record.actor.organ == OFFICE


def test_who_sees_a_matter_from_above_is_still_no_party(county: County, claim: str) -> None:
    with pytest.raises(NotOffered, match="只有本件各方和领导小组办公室可以批注"):
        annotate(claim, Note.REMARK, "已知悉", by=county.by(GOVERNMENT), now=NOW)


def test_a_draft_takes_no_notes_from_others(county: County) -> None:
    uid = drafted(county, now=NOW)
    officer = By(an_official(county.organs[OFFICE], kind=PostKind.OFFICE))

    for by in (officer, county.by(HOUSING)):
        with pytest.raises(NoSuchMatter):
            annotate(uid, Note.URGE, "请从速", by=by, now=NOW)


def test_a_closed_matter_takes_receipts_and_no_urging(county: County, claim: str) -> None:
    moved(county, claim, "finish", now=NOW, passed="不转")

    with pytest.raises(NotOffered, match="本件已于"):
        annotate(claim, Note.URGE, "请从速", by=county.by(COURT), now=NOW)
    assert annotate(claim, Note.RECEIPT, "已收", by=county.by(COURT), now=NOW).state == "done"


def test_the_holder_says_why_a_matter_under_review_is_still_open(county: County, claim: str) -> None:
    moved(county, claim, "watch", now=NOW)
    before = standing(claim).situation.clocks["review:watching"].due_on

    done = explain_open(claim, "仍在观察", by=county.by(HOUSING), now=NOW + timedelta(days=1))

    after = standing(claim).situation.clocks["review:watching"]
    assert (before, after.due_on, after.lap) == (date(2026, 8, 6), date(2026, 8, 7), 2)
    assert done.record.resolved["note"] == "仍在观察"


def test_a_state_with_a_clock_of_its_own_wants_no_explanation(county: County, claim: str) -> None:
    with pytest.raises(NotOffered, match="有自己的期限"):
        explain_open(claim, "仍在观察", by=county.by(HOUSING), now=NOW)


def test_only_the_holder_explains(county: County, claim: str) -> None:
    moved(county, claim, "watch", now=NOW)

    with pytest.raises(NotYourTurn):
        explain_open(claim, "仍在观察", by=county.by(COURT), now=NOW)

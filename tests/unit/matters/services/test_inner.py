"""What an organ does inside itself stays inside: drafts, assignment, sign-off."""

from datetime import timedelta

import pytest
from tests.builders import an_official
from tests.builders_matters import CLAIM, a_claim, a_file, in_the_catalogue, moved, stored
from tests.suggestions import (
    COURT,
    FORESTRY,
    HOUSING,
    LETTER,
    County,
    act,
    at,
    drafted,
    issued,
    last,
    replying,
    standing,
)

from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.services.actors import By, NoPost
from fuyuantong.matters.services.acts import Form, open_by_hand
from fuyuantong.matters.services.files import NotStored
from fuyuantong.matters.services.inner import (
    BadReason,
    NothingProposed,
    approve,
    assign,
    propose,
    return_draft,
    save_draft,
)
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import verify_inner
from fuyuantong.organs.queries import NoSuchAccount
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol.offers import NotOffered, NotYourTurn
from fuyuantong.protocol.values import ValuesRefused

NOW = at("2026-08-03")
REPLY = {"reply": "已修订文书模板。"}


@pytest.fixture
def handler(county: County) -> By:
    """Give a handler of the housing bureau, who signs nothing."""
    return By(an_official(county.organs[HOUSING], kind=PostKind.HANDLER), organ=HOUSING)


def the_reply() -> Form:
    return Form(values={**REPLY, "letter": [a_file("复函", now=NOW)]})


def inner_trail(uid: str) -> list[InnerRecord]:
    with acting():
        return list(InnerRecord.objects.filter(matter__uid=uid).order_by("organ", "seq"))


def test_a_matter_is_assigned_to_a_handler_of_the_organ(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    record = assign(uid, handler.account.username, by=county.by(HOUSING), now=NOW)

    assert (record.kind, record.values, record.organ.code) == (
        "assigned",
        {"handler": handler.account.username},
        HOUSING,
    )


def test_nobody_of_another_organ_is_assigned(county: County) -> None:
    with pytest.raises(NoPost, match="在本单位没有可办理事项的职务"):
        assign(replying(county, now=NOW), county.people[COURT].username, by=county.by(HOUSING), now=NOW)


@pytest.mark.parametrize(("name", "refusal"), [("nobody", NoSuchAccount), ("no\x00body", NoPost), ("", NoPost)])
def test_an_account_that_there_is_not_is_not_assigned(county: County, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        assign(replying(county, now=NOW), name, by=county.by(HOUSING), now=NOW)


def test_a_draft_may_be_unfinished_and_each_is_a_version(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    save_draft(uid, "reply", by=handler, now=NOW, form=Form())
    save_draft(uid, "reply", by=handler, now=NOW, form=Form(values=REPLY))

    assert [(one.seq, one.values["values"]) for one in inner_trail(uid)] == [(1, {}), (2, REPLY)]


def test_a_table_in_a_draft_may_lack_cells(county: County) -> None:
    uid = drafted(county, now=NOW)
    record = save_draft(uid, "issue", by=county.by(COURT), now=NOW, form=Form({"problems": [{"problem": "未告知"}]}))

    assert record.values["values"] == {"problems": [{"problem": "未告知"}]}


@pytest.mark.parametrize("values", [{"reply": 7}, {"reply": "答\x00"}, {"colour": "red"}, {"reply": "字" * 4_001}])
def test_what_is_wrong_in_itself_is_no_draft(county: County, handler: By, values: dict) -> None:
    with pytest.raises(ValuesRefused):
        save_draft(replying(county, now=NOW), "reply", by=handler, now=NOW, form=Form(values=values))


def test_a_draft_is_for_a_move_that_there_is(county: County, handler: By) -> None:
    with pytest.raises(NotOffered, match="没有“fly”这一办理事项"):
        save_draft(replying(county, now=NOW), "fly", by=handler, now=NOW, form=Form())


def test_a_draft_may_be_made_before_it_is_the_organs_turn(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    act(county, uid, "misdirected", now=NOW, reason="不归本单位管")

    assert save_draft(uid, "reply", by=handler, now=NOW, form=Form(values=REPLY)).kind == "drafted"


def test_the_papers_of_a_draft_are_for_its_organ_alone(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    form = Form(values={"letter": [a_file("复函", now=NOW)]}, files=(a_file("底稿", now=NOW),))
    save_draft(uid, "reply", by=handler, now=NOW, form=form)

    with acting():
        found = Attachment.objects.filter(matter__uid=uid).values_list("inner", "organ__code", "seq", "field")
        assert sorted(found) == [(True, HOUSING, 1, ""), (True, HOUSING, 1, "letter")]


def test_a_draft_with_a_paper_that_was_never_stored_is_refused(county: County, handler: By) -> None:
    with pytest.raises(NotStored):
        save_draft(replying(county, now=NOW), "reply", by=handler, now=NOW, form=Form(files=("ab" * 32,)))


def test_strangers_and_those_above_draft_nothing(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)

    with pytest.raises(NoSuchMatter):
        save_draft(uid, "close", by=county.by(FORESTRY), now=NOW, form=Form())
    with pytest.raises(NotYourTurn, match="不是本件的一方"):
        save_draft(uid, "close", by=county.by("410825-government"), now=NOW, form=Form())


def test_a_proposal_must_be_whole(county: County, handler: By) -> None:
    with pytest.raises(ValuesRefused, match="“答复函”必须填写"):
        propose(replying(county, now=NOW), "reply", by=handler, now=NOW, form=Form(values=REPLY))


def test_a_proposal_is_made_by_who_holds(county: County) -> None:
    uid = replying(county, now=NOW)

    with pytest.raises(NotYourTurn, match=f"本件现由 {HOUSING} 办理；"):
        propose(uid, "reply", by=county.by(COURT), now=NOW, form=the_reply())


def test_a_proposal_is_signed_and_the_record_names_the_head_of_the_inner_trail(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    propose(uid, "reply", by=handler, now=NOW, form=the_reply())

    done = approve(uid, by=county.by(HOUSING), now=NOW)

    assert (done.state, done.record.actor.account) == ("assessing", county.people[HOUSING].username)
    kinds = [one.kind for one in inner_trail(uid)]
    assert kinds == ["proposed", "approved"]
    assert done.record.resolved["inner_head"] == bytes(inner_trail(uid)[-1].digest).hex()


def test_a_handler_cannot_sign(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    propose(uid, "reply", by=handler, now=NOW, form=the_reply())

    for refused in (lambda: approve(uid, by=handler, now=NOW), lambda: return_draft(uid, "改", by=handler, now=NOW)):
        with pytest.raises(NoPost):
            refused()


def test_a_proposal_given_back_is_proposed_anew(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    propose(uid, "reply", by=handler, now=NOW, form=the_reply())
    assert return_draft(uid, " 措施不具体 ", by=county.by(HOUSING), now=NOW).values == {"reason": "措施不具体"}
    with pytest.raises(NothingProposed, match="没有等待签发的拟稿"):
        approve(uid, by=county.by(HOUSING), now=NOW)

    propose(uid, "reply", by=handler, now=NOW, form=the_reply())
    assert approve(uid, by=county.by(HOUSING), now=NOW).state == "assessing"


@pytest.mark.parametrize("reason", ["", "退\x00", "字" * 4_001])
def test_a_proposal_is_not_given_back_without_a_legible_reason(county: County, reason: str) -> None:
    with pytest.raises(BadReason):
        return_draft(replying(county, now=NOW), reason, by=county.by(HOUSING), now=NOW)


def test_a_proposal_of_an_earlier_stay_is_void(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    propose(uid, "reply", by=handler, now=NOW, form=the_reply())
    act(county, uid, "reply", now=NOW, **the_reply().values)
    act(county, uid, "supplement", now=NOW, reason="措施不具体", reply_by="2026-09-30")

    with pytest.raises(NothingProposed, match="原拟稿作废"):
        approve(uid, by=county.by(HOUSING), now=NOW)


def test_what_perform_refuses_takes_the_signature_back(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    propose(uid, "reply", by=handler, now=NOW, form=the_reply())
    before = stored()

    with pytest.raises(Exception, match="在今天之后"):
        approve(uid, by=county.by(HOUSING, effective_on=at("2027-01-01").date()), now=NOW)
    assert stored() == before


def test_every_draft_keeps_its_own_secrets(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_catalogue(CLAIM, monkeypatch)
    uid = open_by_hand("claim", "核查", by=county.by(COURT), now=NOW).matter
    propose(uid, "send", by=county.by(COURT), now=NOW, form=Form({"helper_organ": HOUSING, "person": "甲某某"}))
    save_draft(uid, "send", by=county.by(COURT), now=NOW, form=Form({"person": "乙某某"}))

    approve(uid, by=county.by(COURT), now=NOW)

    assert standing(uid).situation.holder == HOUSING


def test_both_sides_draft_at_once_and_neither_touches_the_other(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_catalogue(CLAIM, monkeypatch)
    uid = a_claim(county, now=NOW)
    propose(uid, "rename", by=county.by(HOUSING), now=NOW, form=Form({"person": "甲某某"}))
    save_draft(uid, "rename", by=county.by(COURT), now=NOW, form=Form({"person": "乙某某"}))

    assert approve(uid, by=county.by(HOUSING), now=NOW).record.act == "rename"


def test_an_inner_trail_holds_and_a_change_is_found(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    assign(uid, handler.account.username, by=county.by(HOUSING), now=NOW)
    propose(uid, "reply", by=handler, now=NOW, form=the_reply())

    with acting():
        row = Matter.objects.get(uid=uid)
        assert verify_inner(row) == {}


def test_a_move_that_needs_no_signature_names_the_inner_trail_too(county: County, handler: By) -> None:
    uid = replying(county, now=NOW)
    assign(uid, handler.account.username, by=county.by(HOUSING), now=NOW)

    moved(county, uid, "ask_extension", now=NOW + timedelta(days=1), reason="需汇总")

    assert last(uid).resolved["inner_head"] == bytes(inner_trail(uid)[-1].digest).hex()


def test_a_letter_is_proposed_inside_before_it_is_issued(county: County) -> None:
    uid = drafted(county, now=NOW)
    form = Form({**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"})
    propose(uid, "issue", by=county.by(COURT), now=NOW, form=form)

    assert approve(uid, by=county.by(COURT), now=NOW).state == "answering"

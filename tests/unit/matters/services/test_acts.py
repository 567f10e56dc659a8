"""A matter is opened by hand and moved on by its holder, whole or not at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import a_tenure, an_account, an_official, an_organ
from tests.builders_matters import CLAIM, a_claim, a_file, in_the_catalogue, moved, stored
from tests.suggestions import (
    COURT,
    FORESTRY,
    GOVERNMENT,
    HOUSING,
    LETTER,
    OFFICE,
    County,
    act,
    answer_of,
    at,
    drafted,
    issued,
    last,
    replying,
    standing,
)

from fuyuantong.matters.declarations import UnknownMechanism
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.services.actors import By, NoPost, WrongDate
from fuyuantong.matters.services.acts import BadTitle, Form, open_by_hand, perform
from fuyuantong.matters.services.files import NotStored
from fuyuantong.matters.services.forms import BadChoice
from fuyuantong.matters.services.slips import make_request
from fuyuantong.matters.session import acting
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, OutsideWindow
from fuyuantong.protocol.values import ValuesRefused

NOW = at("2026-08-03")
SUGGESTION = "judicial-suggestion"


def letter(*receivers: str) -> dict:
    return {**LETTER, "receiver_organs": list(receivers), "reply_by": "2026-09-30"}


def test_who_opens_by_hand_holds_the_matter(county: County) -> None:
    done = open_by_hand(SUGGESTION, " 关于 规范\n处罚的建议 ", by=county.by(COURT), now=NOW)

    assert (done.state, done.holder, done.record.seq, done.again) == ("drafting", COURT, 1, False)
    with acting():
        row = Matter.objects.get(uid=done.matter)
    assert (row.title, row.region_code, row.custodian_node) == ("关于 规范 处罚的建议", "410825", "node-one")


@pytest.mark.parametrize("title", ["", "  ", "字" * 201, "建\x00议", "建\u202e议"])
def test_a_title_must_be_short_and_legible(county: County, title: str) -> None:
    with pytest.raises(BadTitle, match="标题有误"):
        open_by_hand(SUGGESTION, title, by=county.by(COURT), now=NOW)


def test_an_unknown_mechanism_is_refused_with_those_there_are(county: County) -> None:
    with pytest.raises(UnknownMechanism, match="司法建议（judicial-suggestion）"):
        open_by_hand("no-such", "标题", by=county.by(COURT), now=NOW)


@pytest.mark.parametrize("entry", ["owed", "answering", "nowhere"])
def test_what_is_no_entry_for_hands_is_refused_with_those_that_are(county: County, entry: str) -> None:
    with pytest.raises(NotOffered, match="可以直接立项的环节：拟稿"):
        open_by_hand(SUGGESTION, "标题", by=county.by(COURT), now=NOW, entry=entry)


def test_a_mechanism_without_an_entry_for_hands_cannot_be_opened(county: County) -> None:
    with pytest.raises(NotOffered, match="可以直接立项的环节：无"):
        open_by_hand("look-back", "标题", by=county.by(COURT), now=NOW)


def test_an_opening_takes_no_values_and_says_so(county: County) -> None:
    with pytest.raises(ValuesRefused, match="不需要填写“cause”"):
        open_by_hand(SUGGESTION, "标题", by=county.by(COURT), now=NOW, form=Form(values={"cause": "16件"}))


def test_a_matter_is_opened_as_of_an_earlier_day_with_evidence_that_stays_attached(county: County) -> None:
    by = replace(county.by(COURT), effective_on=date(2026, 7, 30), basis="收文登记簿")
    done = open_by_hand(SUGGESTION, "标题", by=by, now=NOW, form=Form(files=(a_file("登记簿", now=NOW),)))

    assert (done.record.effective_on, done.record.recorded_at) == (date(2026, 7, 30), NOW)
    with acting():
        assert Attachment.objects.filter(matter__uid=done.matter, seq=1).count() == 1


def test_evidence_that_was_never_stored_is_refused(county: County) -> None:
    with pytest.raises(NotStored):
        open_by_hand(SUGGESTION, "标题", by=county.by(COURT), now=NOW, form=Form(files=("ab" * 32,)))


def test_training_data_stays_training_data(county: County) -> None:
    done = open_by_hand(SUGGESTION, "标题", by=county.by(COURT), now=NOW, provenance=Provenance.TRAINING)
    act(county, done.matter, "issue", now=NOW, **letter(HOUSING))

    with acting():
        assert set(Matter.objects.values_list("provenance", flat=True)) == {Provenance.TRAINING}


def test_a_move_leads_on_and_writes_one_record(county: County) -> None:
    done = perform(drafted(county, now=NOW), "issue", by=county.by(COURT), now=NOW, form=Form(values=letter(HOUSING)))

    assert (done.state, done.holder, done.record.seq, done.record.act) == ("answering", COURT, 2, "issue")
    assert done.record.recorded_at == NOW


def test_an_unknown_move_is_refused_with_those_there_are(county: County) -> None:
    with pytest.raises(NotOffered, match=r"没有“fly”这一办理事项；可办理：签发送达（issue）"):
        perform(drafted(county, now=NOW), "fly", by=county.by(COURT), now=NOW)


def test_who_does_not_hold_is_told_who_does_and_since_which_record(county: County) -> None:
    uid = replying(county, now=NOW)

    with pytest.raises(NotYourTurn, match=f"由 {HOUSING} 办理，{COURT} 不能办理；.*第 2 号记录：{HOUSING}.*“签收”"):
        perform(uid, "adopt", by=county.by(COURT), now=NOW)


def test_a_stranger_is_told_that_there_is_no_such_matter(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)

    with pytest.raises(NoSuchMatter):
        perform(uid, "withdraw", by=county.by(FORESTRY), now=NOW)


def test_a_draft_is_no_such_matter_to_all_others(county: County) -> None:
    uid = drafted(county, now=NOW)

    officer = By(an_official(county.organs[OFFICE], kind=PostKind.OFFICE), organ=OFFICE)
    for by in (county.by(HOUSING), county.by(GOVERNMENT), officer):
        with pytest.raises(NoSuchMatter):
            perform(uid, "issue", by=by, now=NOW)


def test_the_office_of_the_region_sees_it_and_is_told_that_it_may_not(county: County) -> None:
    officer = By(an_official(county.organs[OFFICE], kind=PostKind.OFFICE), organ=OFFICE)

    with pytest.raises(NotYourTurn):
        perform(issued(county, HOUSING, now=NOW), "withdraw", by=officer, now=NOW)


def test_a_closed_matter_says_when_and_how_it_was_closed(county: County) -> None:
    uid = drafted(county, now=NOW)
    act(county, uid, "drop", now=NOW, reason="不再需要")

    with pytest.raises(NotOffered, match="本件已于 2026-08-03 以“不再制发”办结"):
        act(county, uid, "issue", now=NOW)


def test_a_signed_move_wants_someone_who_signs(county: County) -> None:
    handler = By(an_official(county.organs[COURT]), organ=COURT)
    uid = open_by_hand(SUGGESTION, "标题", by=handler, now=NOW).matter

    with pytest.raises(NoPost, match="须由负责人或者签发人签发"):
        perform(uid, "issue", by=handler, now=NOW, form=Form(values=letter(HOUSING)))


def test_a_missing_value_is_refused_by_its_name(county: County) -> None:
    with pytest.raises(ValuesRefused, match="“答复期限”必须填写"):
        perform(drafted(county, now=NOW), "issue", by=county.by(COURT), now=NOW, form=Form(values=LETTER))


def test_an_effective_day_before_the_stay_is_refused(county: County) -> None:
    uid = replying(county, now=NOW)
    by = replace(county.by(HOUSING), effective_on=date(2026, 8, 2), basis="邮戳")

    with pytest.raises(WrongDate, match="早于本件进入当前环节的 2026-08-03"):
        perform(uid, "reply", by=by, now=NOW + timedelta(days=1))


def test_a_window_is_judged_by_the_day_on_which_the_act_counts(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    helping = next(state for state in CLAIM.states if state.key == "helping")
    limited = replace(helping, moves=tuple(replace(move, until="help") for move in helping.moves))
    states = tuple(limited if state is helping else state for state in CLAIM.states)
    in_the_catalogue(replace(CLAIM, states=states), monkeypatch)
    uid = a_claim(county, now=NOW)
    late = at("2026-08-20")

    with pytest.raises(OutsideWindow, match="已于 2026-08-06 届满"):
        moved(county, uid, "finish", now=late, passed="转")
    by = replace(county.by(HOUSING), effective_on=date(2026, 8, 5), basis="收文登记簿")
    done = perform(uid, "finish", by=by, now=late, form=Form(values={"passed": "转"}))
    assert (done.record.effective_on, done.record.recorded_at) == (date(2026, 8, 5), late)


def test_a_chosen_organ_must_exist_and_be_for_a_role_there_is(county: County) -> None:
    uid = drafted(county, now=NOW)
    for chosen in ({"procuratorate": "410825-nowhere"}, {"procuratorate": "410825\x00"}, {"nobody": COURT}):
        form = Form(values={**letter(HOUSING), "touches_supervision": True}, chosen=chosen)
        with pytest.raises(BadChoice):
            perform(uid, "issue", by=county.by(COURT), now=NOW, form=form)


def test_a_chosen_organ_plays_the_role_that_the_directory_leaves_open(county: County) -> None:
    an_organ("410825-procuratorate", branch="procuratorate")
    form = Form(
        values={**letter(HOUSING), "touches_supervision": True}, chosen={"procuratorate": "410825-procuratorate"}
    )

    done = perform(drafted(county, now=NOW), "issue", by=county.by(COURT), now=NOW, form=form)

    assert standing(done.matter).situation.organ_of("procuratorate") == "410825-procuratorate"


def test_a_record_is_never_older_than_the_one_before(county: County) -> None:
    uid = replying(county, now=NOW)

    act(county, uid, "ask_extension", now=NOW - timedelta(hours=2), reason="需汇总")

    assert last(uid).recorded_at == NOW


def test_a_parent_that_is_ahead_takes_the_ending_of_a_child_at_its_own_time(county: County) -> None:
    suggestion = issued(county, HOUSING, now=NOW)
    child = answer_of(suggestion, HOUSING)
    ahead = NOW + timedelta(hours=3)
    act(county, child, "misdirected", now=NOW, reason="不归本单位管")
    act(county, child, "confirm", now=ahead, reason="确认送错")

    assert last(suggestion).recorded_at == ahead


def test_files_in_fields_and_rows_are_attached_where_they_stand(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_catalogue(CLAIM, monkeypatch)
    scan, paper = a_file("扫描件", now=NOW), a_file("来函", now=NOW)
    uid = a_claim(county, now=NOW)
    people = [{"name": "甲某", "number": "1", "scan": [scan]}]
    form = Form(values={"people": people}, files=(paper,))
    perform(uid, "list", by=county.by(HOUSING), now=NOW, form=form)

    with acting():
        found = set(Attachment.objects.filter(matter__uid=uid, seq=3).values_list("field", "blob_id", "sensitive"))
    assert {(field, bytes(digest).hex(), sensitive) for field, digest, sensitive in found} == {
        ("people.scan", scan, False),
        ("", paper, True),
    }


def test_a_file_in_a_row_that_was_never_stored_is_refused(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_catalogue(CLAIM, monkeypatch)
    uid = a_claim(county, now=NOW)

    with pytest.raises(NotStored, match="没有收到文件：abab"):
        moved(county, uid, "list", now=NOW, people=[{"name": "甲某", "number": "1", "scan": ["ab" * 32]}])


def test_a_granted_request_is_answered_on_its_slip(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_catalogue(CLAIM, monkeypatch)
    uid = a_claim(county, now=NOW)
    make_request(uid, "change", by=county.by(COURT), now=NOW, form=Form(values={"person": "乙某"}))
    (slip,) = standing(uid).situation.requests

    perform(uid, "rename", by=county.by(HOUSING), now=NOW, form=Form(values={"person": "乙某"}), answers=slip)

    with acting():
        assert Slip.objects.get(pk=slip).answer == {"granted": True, "seq": 4}
    with pytest.raises(NotOffered, match="该申请已由第 4 号记录答复（准许）"):
        perform(uid, "rename", by=county.by(HOUSING), now=NOW, form=Form(values={"person": "丙某"}), answers=slip)


def test_a_request_that_there_is_not_cannot_be_granted(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_catalogue(CLAIM, monkeypatch)
    form = Form(values={"person": "乙某"})

    with pytest.raises(NotOffered, match="本件没有这一申请"):
        perform(a_claim(county, now=NOW), "rename", by=county.by(HOUSING), now=NOW, form=form, answers="no-slip\x00")


def test_an_account_with_posts_in_two_organs_says_for_which_it_acts(county: County) -> None:
    account = an_account()
    a_tenure(county.organs[COURT], account=account)
    a_tenure(county.organs[HOUSING], account=account)

    with pytest.raises(NoPost, match=f"你在 {COURT}、{HOUSING} 都有职务，须写明以哪个单位办理"):
        open_by_hand(SUGGESTION, "标题", by=By(account), now=NOW)
    assert open_by_hand(SUGGESTION, "标题", by=By(account, organ=COURT), now=NOW).holder == COURT


def test_a_refused_act_leaves_every_table_as_it_was(county: County) -> None:
    uid = drafted(county, now=NOW)
    before = stored()

    with pytest.raises(NotStored):
        perform(
            uid, "issue", by=county.by(COURT), now=NOW, form=Form(values=letter(HOUSING), files=("ab" * 32,), key="k")
        )

    assert stored() == before

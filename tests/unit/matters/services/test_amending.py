"""What was wrongly recorded is corrected by who gave it; a running matter is led over to a new version."""

from dataclasses import replace
from datetime import date

import pytest
from tests.suggestions import (
    COURT,
    FORESTRY,
    HOUSING,
    OFFICE,
    act,
    answer_of,
    at,
    closed,
    drafted,
    issued,
    kinds,
    last,
    reply,
    replying,
    standing,
)

from fuyuantong import catalogue
from fuyuantong.clock.acts import BeyondCeiling
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.models.secret import Blind
from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.services.actors import By, NoProxy
from fuyuantong.matters.services.acts import open_by_hand, perform
from fuyuantong.matters.services.amending import correct_record, move_to_current_version
from fuyuantong.matters.services.files import NotStored, store_file
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.secrets import mac_of, reveal
from fuyuantong.matters.services.successions import follow_successions
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, verify
from fuyuantong.organs.succession import merge_organs
from fuyuantong.protocol.amendments import BeingAnswered, NothingToCorrect
from fuyuantong.protocol.form import digest
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, ReasonMissing
from fuyuantong.protocol.values import ValuesRefused

pytestmark = pytest.mark.django_db
MONDAY, LATER = at("2026-08-03"), at("2026-08-10")
REASON = "录入有误"


def corrected(county, uid, seq, *, by=COURT, now=LATER, reason=REASON, key="", files=(), **values):
    """Correct a record of a matter."""
    return correct_record(
        uid, seq, reason=reason, by=county.by(by), now=now, form=Form(values=values, key=key, files=files)
    )


def stands(uid):
    """Tell whether the trail of a matter holds, and its row says what the trail says."""
    with acting():
        row = Matter.objects.get(uid=uid)
        return verify(row) is None and folded(row) == situation_of(row)


# corrections


def test_a_correction_points_to_its_record_which_stays_as_it_was(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    corrected(county, uid, 3, by=HOUSING, reply="已修订文书模板，并组织培训。")

    assert (last(uid).kind, last(uid).resolved["corrects"], last(uid).resolved["reason"]) == ("correction", 3, REASON)
    assert standing(uid).situation.values["reply"] == "已修订文书模板，并组织培训。"
    with acting():
        assert Record.objects.get(matter__uid=uid, seq=3).values["reply"] == "已修订文书模板。"
    assert stands(uid)


def test_a_day_beyond_the_ceiling_is_no_correction(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    act(county, uid, "supplement", now=MONDAY, reason="措施未逐项回应", reply_by="2026-09-30")

    with pytest.raises(BeyondCeiling):
        corrected(county, uid, 4, reply_by="2026-10-30")


def test_a_corrected_reply_day_moves_the_day_by_which_the_holder_is_judged(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    act(county, uid, "supplement", now=MONDAY, reason="措施未逐项回应", reply_by="2026-09-30")
    corrected(county, uid, 4, reply_by="2026-09-11")

    assert standing(uid).row.due_on == date(2026, 9, 11)
    assert last(uid).resolved["clocks"]["reply"]["do"] == "move"


def test_only_who_gave_it_corrects_it(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)

    with pytest.raises(NotYourTurn, match=f"第 3 号记录由 {HOUSING} 作出，{COURT} 不能更正"):
        corrected(county, uid, 3, by=COURT, reply="已改")


def test_what_the_engine_wrote_nobody_corrects(county):
    uid = replying(county, now=MONDAY)

    with pytest.raises(NotYourTurn, match="第 1 号记录由系统作出"):
        corrected(county, uid, 1, title="规范处罚告知")


def test_a_stranger_is_not_told_that_there_is_such_a_matter(county):
    uid = replying(county, now=MONDAY)

    with pytest.raises(NoSuchMatter):
        corrected(county, uid, 2, by=FORESTRY, title="规范处罚告知")


def test_nobody_corrects_by_proxy_for_an_organ_that_is_on_line(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    by = By(county.people[COURT], organ=COURT, on_behalf_of=HOUSING)

    with pytest.raises(NoProxy, match="已上线"):
        correct_record(uid, 3, reason=REASON, by=by, now=LATER, form=Form(values={"reply": "已改"}))


def test_the_heir_of_an_organ_corrects_what_it_gave(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    merge_organs(
        [county.organs[HOUSING]], into=county.organs[FORESTRY], effective_on=date(2026, 9, 1), by=None, now=MONDAY
    )
    follow_successions(now=at("2026-09-01"))
    corrected(county, uid, 3, by=FORESTRY, now=at("2026-09-02"), reply="已改")

    assert standing(uid).situation.values["reply"] == "已改"


def test_a_closed_matter_is_corrected_and_stays_closed(county):
    uid = replying(county, now=MONDAY)
    closed(county, uid, now=MONDAY)
    corrected(county, uid, 4, assessment="第二项尚未落实。")

    found = standing(uid)
    assert (found.situation.values["assessment"], found.situation.closed) == ("第二项尚未落实。", "accepted")
    assert (found.row.phase, stands(uid)) == (1, True)


def test_what_is_being_answered_is_not_corrected(county):
    uid = issued(county, HOUSING, FORESTRY, now=MONDAY)

    with pytest.raises(BeingAnswered):
        corrected(county, uid, 2, receiver_organs=[HOUSING])


def test_a_value_that_a_later_record_gave_anew_is_corrected_there(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    act(county, uid, "supplement", now=MONDAY, reason="措施未逐项回应", reply_by="2026-09-30")
    reply(county, uid, now=MONDAY)

    with pytest.raises(NothingToCorrect, match="“书面答复”已由第 5 号记录重新填写"):
        corrected(county, uid, 3, by=HOUSING, reply="已改")


def test_what_was_corrected_is_corrected_again_in_the_record_that_gave_it(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    corrected(county, uid, 3, by=HOUSING, reply="甲")
    corrected(county, uid, 3, by=HOUSING, reply="乙")

    assert standing(uid).situation.values["reply"] == "乙"
    with pytest.raises(NothingToCorrect, match="已由第 5 号记录重新填写"):
        corrected(county, uid, 4, by=HOUSING, reply="丙")


@pytest.mark.parametrize(
    ("seq", "values"), [(2, {"reply": "已改"}), (3, {}), (3, {"title": "别的事由"}), (9, {"reply": "已改"})]
)
def test_what_a_record_did_not_give_cannot_be_corrected_in_it(county, seq, values):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)

    with pytest.raises(NothingToCorrect):
        corrected(county, uid, seq, by=HOUSING, **values)
    assert kinds(uid) == ["open", "receive", "reply"]


def test_the_same_value_is_no_correction(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)

    with pytest.raises(NothingToCorrect, match="与原值相同"):
        corrected(county, uid, 3, by=HOUSING, reply="已修订文书模板。")


@pytest.mark.parametrize("reason", ["", "  ", "改\x00正", "长" * 1_001])
def test_a_correction_says_why(county, reason):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)

    with pytest.raises(ReasonMissing):
        corrected(county, uid, 3, by=HOUSING, reason=reason, reply="已改")


def test_what_does_not_fit_the_field_is_no_correction(county):
    uid = issued(county, now=MONDAY)

    with pytest.raises(ValuesRefused):
        corrected(county, uid, 2, kind="其他")


def test_the_evidence_of_a_correction_is_attached_to_it(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    paper, letter = (store_file(words.encode(), mime="text/plain", now=MONDAY) for words in ("说明", "新函"))
    corrected(county, uid, 3, by=HOUSING, files=(paper,), letter=[letter])

    with acting():
        found = Attachment.objects.filter(matter__uid=uid, seq=4).values_list("field", "blob_id")
        assert {(field, bytes(blob).hex()) for field, blob in found} == {("", paper), ("letter", letter)}


def test_evidence_that_was_never_stored_changes_nothing(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)

    with pytest.raises(NotStored):
        corrected(county, uid, 3, by=HOUSING, files=("ab" * 32,), reply="已改")
    assert kinds(uid) == ["open", "receive", "reply"]


def test_the_same_request_is_answered_with_the_first_correction(county):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=MONDAY)
    first, second = (corrected(county, uid, 3, by=HOUSING, key="k", reply="已改") for _ in range(2))

    assert (first.record.seq, second.record.seq, second.again) == (4, 4, True)


@pytest.fixture
def dispute(county):
    """Transfer a dispute of 王某某 to the office; shape: its uid."""
    by = county.by(COURT)
    uid = open_by_hand("dispute", "要求落实征地补偿", by=by, now=MONDAY, entry="transferring").matter
    values = {
        "title": "要求落实征地补偿",
        "source": "法院移送",
        "stage": "诉前",
        "kind": "行政征收征用",
        "applicant": "王某某",
        "respondent": HOUSING,
        "demand": "按现行标准补发差额。",
    }
    perform(uid, "transfer", by=by, now=MONDAY, form=Form(values=values, chosen={"centre": OFFICE}))
    return uid


def test_a_corrected_secret_is_kept_in_place_of_the_former_one_and_stands_in_no_record(county, dispute):
    corrected(county, dispute, 2, applicant="李某某")

    with acting():
        row = Matter.objects.get(uid=dispute)
        assert reveal(row, row.values)["applicant"] == "李某某"
        assert "李某某" not in str(list(Record.objects.filter(matter=row).values_list("values", "resolved")))
    assert stands(dispute)


def test_a_corrected_person_is_found_and_the_wrong_one_no_more(county, dispute):
    corrected(county, dispute, 2, applicant="李某某")

    with acting():
        found = {name: Blind.objects.filter(mac=mac_of("applicant", name)).exists() for name in ("王某某", "李某某")}
    assert found == {"王某某": False, "李某某": True}


# versions


def in_force(monkeypatch, mechanism):
    """Put a version of a mechanism in force."""
    digest_of = catalogue.digest_of
    monkeypatch.setitem(catalogue.MECHANISMS, mechanism.key, mechanism)
    monkeypatch.setattr(
        catalogue, "digest_of", lambda key: digest(mechanism) if key == mechanism.key else digest_of(key)
    )


def second_version(**supersedes):
    """Return the second version of the suggestion, which calls its last step otherwise."""
    first = catalogue.MECHANISMS["judicial-suggestion"]
    states = [
        replace(state, title="待总体评价（新）") if state.key == "concluding" else state for state in first.states
    ]
    return replace(first, version=2, states=tuple(states), supersedes=supersedes)


def test_a_running_matter_is_led_to_where_the_new_version_says(county, monkeypatch):
    uid = issued(county, now=MONDAY)
    act(county, uid, "stop_waiting", now=MONDAY, reason="已当面答复")
    in_force(monkeypatch, second_version(concluding="concluding"))
    move_to_current_version(uid, now=LATER)

    found = standing(uid)
    assert (found.mechanism.state("concluding").title, found.situation.version) == ("待总体评价（新）", 2)
    assert (last(uid).kind, last(uid).basis, last(uid).account) == ("version-moved", "“司法建议”第 2 版施行", "")
    assert stands(uid)


def test_clocks_go_on_over_a_change_of_version_and_so_does_the_holder(county, monkeypatch):
    uid = issued(county, now=MONDAY)
    act(county, uid, "stop_waiting", now=MONDAY, reason="已当面答复")
    before = standing(uid).row.due_on
    in_force(monkeypatch, second_version(concluding="concluding"))
    move_to_current_version(uid, now=LATER)

    assert standing(uid).row.due_on == before
    values = {"outcome": "全部采纳", "conclusion": "均已整改。", "look_back": False}
    assert act(county, uid, "close", now=LATER, **values).state == "closed"


def test_children_of_the_former_version_end_into_the_new_one(county, monkeypatch):
    uid = issued(county, now=MONDAY)
    in_force(monkeypatch, second_version(answering="answering"))
    move_to_current_version(uid, now=LATER)
    child = answer_of(uid, HOUSING)
    act(county, child, "receive", now=LATER)
    reply(county, child, now=LATER)
    act(county, child, "adopt", now=LATER, assessment="予以采纳。")

    assert (standing(uid).situation.state, stands(uid)) == ("concluding", True)


def test_where_the_new_version_does_not_say_the_matter_stays_on_its_own(county, monkeypatch):
    uid = issued(county, now=MONDAY)
    in_force(monkeypatch, second_version(concluding="concluding"))

    with pytest.raises(NotOffered, match="新版本没有写明"):
        move_to_current_version(uid, now=LATER)
    assert kinds(uid) == ["open", "issue"]


def test_all_that_run_on_a_former_version_are_led_over_or_named(county, monkeypatch, terminal):
    waits, draft = issued(county, now=MONDAY), drafted(county, now=MONDAY)
    in_force(monkeypatch, second_version(answering="answering"))
    told = terminal("matter", "upgrade", "judicial-suggestion", "--json").data

    assert told["moved"] == [waits]
    assert {draft, answer_of(waits, HOUSING)} <= {one["matter"] for one in told["stays"]}


def test_what_is_on_the_current_version_is_not_moved(county):
    with pytest.raises(NotOffered, match="已按“司法建议”现行版本办理"):
        move_to_current_version(issued(county, now=MONDAY), now=LATER)


def test_a_closed_matter_is_not_moved(county, monkeypatch):
    uid = closed(county, replying(county, now=MONDAY), now=MONDAY)
    in_force(monkeypatch, second_version(closed="closed"))

    with pytest.raises(NotOffered, match="办结"):
        move_to_current_version(uid, now=LATER)

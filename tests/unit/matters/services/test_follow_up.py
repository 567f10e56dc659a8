"""What one record brings about elsewhere: children, openings, recalls, results."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import an_organ
from tests.builders_matters import (
    CLAIM,
    POLL,
    a_claim,
    a_poll,
    children,
    in_the_catalogue,
    moved,
)
from tests.suggestions import (
    COURT,
    FORESTRY,
    GOVERNMENT,
    HOUSING,
    LETTER,
    County,
    act,
    answer_of,
    at,
    closed,
    drafted,
    issued,
    kinds,
    last,
    replying,
    standing,
)

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.models.party import Party
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.slips import make_request
from fuyuantong.matters.services.trail import Hand
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import records_of
from fuyuantong.protocol.trail import ENGINE
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3

NOW = at("2026-08-03")
CALL = {
    "series": "季度常规会议",
    "title": "第三季度例会",
    "invitee_organs": [HOUSING, FORESTRY],
    "guest_organs": [],
    "items": [{"item": "通报出庭情况", "ground": "每季度通报"}],
    "items_by": "2026-08-14",
}


@pytest.fixture
def county(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    in_the_catalogue(CLAIM, monkeypatch)
    in_the_catalogue(POLL, monkeypatch)
    return county


def row_of(uid: str) -> Matter:
    with acting():
        return Matter.objects.select_related("parent", "holder").get(uid=uid)


def parts(uid: str) -> set[tuple[str, str, int]]:
    """Return who plays which part in a matter, and from which record on it is shown to them."""
    with acting():
        live = Party.objects.filter(matter__uid=uid, until_seq=None)
        return set(live.values_list("organ__code", "role", "from_seq"))


def test_each_addressee_gets_a_child_with_what_the_letter_says(county: County) -> None:
    uid = issued(county, HOUSING, FORESTRY, now=NOW)
    (first, second) = children(uid)

    for child, organ in ((first, HOUSING), (second, FORESTRY)):
        situation = standing(child).situation
        assert (situation.mechanism, situation.holder) == ("judicial-suggestion/answer", organ)
        assert (situation.values["title"], situation.values["reply_by"]) == ("规范行政处罚告知程序", "2026-09-30")
        assert situation.roles["court"] == COURT


def test_a_child_belongs_to_its_parent_by_link_and_row(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)
    child = row_of(answer_of(uid, HOUSING))

    assert (str(child.parent.uid), child.title) == (uid, row_of(uid).title)
    with acting():
        link = Link.objects.get(to_uid=child.uid)
    assert (str(link.from_uid), link.kind, link.round, link.text_digest) == (uid, LinkKind.CHILD, 1, None)


def test_the_parties_of_a_child_see_it_from_its_first_record(county: County) -> None:
    uid = answer_of(issued(county, HOUSING, now=NOW), HOUSING)

    assert parts(uid) == {(COURT, "court", 1), (HOUSING, "receiver", 1)}


def test_an_addressee_sees_the_letter_from_the_issuing_record_on_and_no_other_child(county: County) -> None:
    uid = issued(county, HOUSING, FORESTRY, now=NOW)

    assert parts(uid) == {(COURT, "court", 2), (HOUSING, "receivers", 2), (FORESTRY, "receivers", 2)}
    assert {organ for organ, _, _ in parts(answer_of(uid, HOUSING))} == {COURT, HOUSING}


def test_who_is_copied_sees_from_the_issuing_record_on(county: County) -> None:
    uid = drafted(county, now=NOW)
    values = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30", "copied": [GOVERNMENT]}
    act(county, uid, "issue", now=NOW, **values)

    assert (GOVERNMENT, "copied", 2) in parts(uid)


def test_the_ending_of_a_child_reaches_its_parent_as_an_admitted_slip(county: County) -> None:
    uid = issued(county, HOUSING, FORESTRY, now=NOW)
    child = answer_of(uid, HOUSING)
    act(county, child, "misdirected", now=NOW, reason="不归本单位管")
    act(county, child, "confirm", now=NOW, reason="确认送错")

    assert kinds(uid)[-1] == "join"
    assert standing(uid).situation.children[child].ending == "misdirected"
    with acting():
        slip = Slip.objects.get(kind="child-result")
    assert (slip.body, slip.admitted_seq) == (
        {"child": child, "ending": "misdirected", "on": "2026-08-03"},
        last(uid).seq,
    )


def test_a_parent_that_goes_on_recalls_its_open_children(county: County) -> None:
    uid = issued(county, HOUSING, FORESTRY, now=NOW)
    act(county, uid, "stop_waiting", now=NOW, reason="已当面沟通")

    for child in children(uid):
        assert (row_of(child).state, row_of(child).closed_kind) == ("recalled", "superseded")
    assert kinds(uid) == ["open", "issue", "stop_waiting", "join", "join"]
    assert standing(uid).situation.state == "concluding"


def test_a_child_that_has_ended_is_not_recalled(county: County) -> None:
    uid = issued(county, HOUSING, FORESTRY, now=NOW)
    child = answer_of(uid, HOUSING)
    act(county, child, "misdirected", now=NOW, reason="不归本单位管")
    act(county, child, "confirm", now=NOW, reason="确认送错")
    act(county, uid, "stop_waiting", now=NOW, reason="已当面沟通")

    assert kinds(child)[-1] == "confirm"


def test_a_child_that_ended_by_itself_meanwhile_is_left_alone(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)
    (child,) = children(uid)
    make_request(child, "recall", by=county.by(COURT), now=NOW, form=Form({"reason": "情况变化"}))
    with acting():
        held = lock(uid)
        record = replace(next(records_of(held.row)), resolved={"recalled": [child]})
        follow_up(held, record, hand=Hand(ENGINE, NOW, DatabaseWorld(on=NOW.date())))

    assert kinds(child) == ["open", "slip-admitted"]


def test_a_child_declared_in_a_file_of_its_own_runs_on_that_declaration(county: County) -> None:
    uid = open_by_hand("conference", "例会", by=county.by(COURT), now=NOW).matter
    act(county, uid, "call", now=NOW, **CALL)
    agenda = {"held_on": "2026-09-01", "starts_at": "09:30", "place": "会议室"}
    act(county, uid, "set_agenda", now=NOW, **agenda, **{"items.listing": ["列入"]})

    invited = [row_of(child) for child in children(uid)]
    assert [(row.mechanism, row.holder.code) for row in invited] == [("invitation", HOUSING), ("invitation", FORESTRY)]


def test_children_in_turn_begin_one_after_the_other(county: County) -> None:
    uid = a_poll(county, "ask", now=NOW)
    (first,) = children(uid)
    assert standing(first).situation.holder == HOUSING

    moved(county, first, "agree", now=NOW)

    (_, second) = children(uid)
    assert (standing(second).situation.holder, standing(second).situation.values["text"]) == (FORESTRY, "初稿")
    moved(county, second, "agree", now=NOW)
    assert standing(uid).situation.state == "done"


def test_every_child_carries_the_digest_of_the_text_that_it_answers(county: County) -> None:
    uid = a_poll(county, "ask", now=NOW)

    with acting():
        (link,) = Link.objects.filter(from_uid=uid)
    assert bytes(link.text_digest) == sm3(canonical("初稿"))


def test_a_child_of_a_child_is_found_by_its_whole_path(county: County) -> None:
    uid = a_poll(county, "ask_all", now=NOW)
    first, second = children(uid)
    moved(county, first, "pass", now=NOW, asked_organs=[GOVERNMENT])

    (grandchild,) = children(first)
    assert row_of(grandchild).mechanism == "poll/round/opinion"
    moved(county, grandchild, "agree", now=NOW)
    assert (row_of(first).state, row_of(second).state) == ("agreed", "passing")


def test_what_is_recalled_recalls_in_its_turn(county: County) -> None:
    uid = a_poll(county, "ask_all", now=NOW)
    first, _ = children(uid)
    moved(county, first, "pass", now=NOW, asked_organs=[GOVERNMENT])
    (grandchild,) = children(first)

    moved(county, uid, "stop", now=NOW)

    assert (row_of(first).state, row_of(grandchild).state) == ("recalled", "recalled")


def test_another_matter_is_opened_and_linked(county: County) -> None:
    an_organ("410825-procuratorate", branch="procuratorate")
    values = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30", "touches_supervision": True}
    form = Form(values=values, chosen={"procuratorate": "410825-procuratorate"})
    uid = perform(drafted(county, now=NOW), "issue", by=county.by(COURT), now=NOW, form=form).matter

    with acting():
        link = Link.objects.get(from_uid=uid, kind=LinkKind.OPENED)
    opened = row_of(str(link.to_uid))
    assert (opened.mechanism, opened.holder.code, opened.title) == (
        "procuratorial-suggestion",
        "410825-procuratorate",
        "规范行政处罚告知程序",
    )


def test_an_opened_matter_without_words_keeps_the_title_and_words_stand_in_one_line(county: County) -> None:
    uid = a_claim(county, now=NOW, story="第一行\n第二行")
    opened = moved(county, uid, "finish", now=NOW, passed="转").record.resolved["opened"]

    assert row_of(str(opened[0]["uid"])).title == "核查"


def test_a_look_back_waits_for_its_day(county: County) -> None:
    uid = closed(county, replying(county, now=NOW), now=NOW, look_back=True)

    with acting():
        waiting = Deferred.objects.get(matter__uid=uid)
    assert (waiting.due_on, waiting.body["mechanism"], waiting.done_at) == (date(2027, 2, 3), "look-back", None)


@pytest.mark.parametrize(
    ("origin", "follows"),
    [(Provenance.TRAINING, Provenance.TRAINING), (Provenance.IMPORTED, Provenance.LIVE)],
)
def test_what_training_leads_to_is_training_and_nothing_else_is_inherited(
    county: County, origin: Provenance, follows: Provenance
) -> None:
    uid = open_by_hand("judicial-suggestion", "标题", by=county.by(COURT), now=NOW, provenance=origin).matter
    act(county, uid, "issue", now=NOW, **LETTER, receiver_organs=[HOUSING], reply_by="2026-09-30")

    assert row_of(answer_of(uid, HOUSING)).provenance == follows


def test_what_follows_counts_as_of_the_same_day_and_says_from_what(county: County) -> None:
    uid = drafted(county, now=NOW)
    later = NOW + timedelta(days=3)
    by = county.by(COURT, effective_on=date(2026, 8, 4), basis="邮戳")
    form = Form({**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"})
    perform(uid, "issue", by=by, now=later, form=form)

    first = last(answer_of(uid, HOUSING))
    assert (first.effective_on, first.recorded_at, first.basis) == (date(2026, 8, 4), later, f"承 {uid} 第 2 号记录")


def test_an_end_is_reported_as_of_the_parents_own_time(county: County) -> None:
    uid = a_poll(county, "ask", now=NOW)
    (child,) = children(uid)
    moved(county, uid, "revise", now=NOW + timedelta(days=1), text="二稿")
    by = county.by(HOUSING, effective_on=date(2026, 8, 3), basis="邮戳")

    perform(child, "agree", by=by, now=NOW + timedelta(days=2))

    assert (last(child).effective_on, last(uid).effective_on) == (date(2026, 8, 3), date(2026, 8, 4))

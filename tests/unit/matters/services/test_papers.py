"""Paper matters are brought in at any state, with their days, their evidence and whoever must still answer."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from tests.builders import an_official, an_organ
from tests.suggestions import (
    COURT,
    FORESTRY,
    GOVERNMENT,
    HOUSING,
    LETTER,
    OFFICE,
    act,
    answer_of,
    at,
    kinds,
    last,
    standing,
)

from fuyuantong import catalogue
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.rehearsal.cast import Cast
from fuyuantong.matters.rehearsal.samples import Sampler
from fuyuantong.matters.services.acts import BadTitle, open_by_hand, perform
from fuyuantong.matters.services.files import NotStored, store_file
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.papers import BadPaper, bring_paper_in
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, verify
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Await, Final
from fuyuantong.protocol.amendments import Paper
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.offers import NotOffered
from fuyuantong.protocol.starting import DayMissing
from fuyuantong.protocol.values import ValuesRefused

pytestmark = pytest.mark.django_db
SINCE, NOW = date(2026, 8, 3), at("2026-08-10")


# every state of every mechanism


CROWD = {"government": 10, "court": 2, "procuratorate": 2, "party": 1}


@pytest.fixture
def stage():
    """Return a cast of organs of every branch, with a head in each, and one who fills in forms."""
    government = an_organ()
    for branch, count in CROWD.items():
        for _ in range(count):
            an_official(an_organ(branch=branch, under=government), kind=PostKind.HEAD)
    random = Random(1)
    cast = Cast.of("410825", random=random)
    file = store_file("登记表".encode(), mime="text/plain", now=NOW)
    return cast, Sampler(cast.draw, file, random)


def paper_at(mechanism, state, stage):
    """Return a paper matter at a state, with every role and field known."""
    cast, sampler = stage
    known = Situation(uid="")
    for role in mechanism.roles:
        drawn = cast.draw(role, 2 if role.many else 1, known)
        known = replace(known, roles={**known.roles, role.key: list(drawn) if role.many else drawn[0]})
    fields = [field.key for field in mechanism.fields]
    given = {role.via[6:]: known.roles[role.key] for role in mechanism.roles if role.via.startswith("field:")}
    values = sampler.values(mechanism, known, fields, given=given, today=SINCE, children=2)
    number = f"（2026）{state.key} 第3号" if isinstance(state, Final) and "number" in state.needs else ""
    return Paper(state.key, dict(known.roles), values, SINCE, number)


def waiting(mechanism):
    """Return the states in which a mechanism waits for others."""
    return [state for state in mechanism.states if isinstance(state, Await)]


def by_of(mechanism, paper, stage):
    """Return someone of the organ that begins such matters."""
    cast, _ = stage
    organ = paper.roles[mechanism.entry().by]
    return cast.by(organ, Situation(uid="", roles=paper.roles), signs=False)


@pytest.mark.parametrize("key", list(catalogue.MECHANISMS))
def test_at_every_state_it_stands_as_the_paper_says(key, stage):
    mechanism = catalogue.MECHANISMS[key]
    for state in mechanism.states:
        paper = paper_at(mechanism, state, stage)
        form = Form(files=(stage[1].file,))
        done = bring_paper_in(key, "纸质事项", paper, by=by_of(mechanism, paper, stage), now=NOW, form=form)
        with acting():
            row = Matter.objects.get(uid=done.matter)
            assert (row.state, row.provenance, row.fold["stay_on"]) == (state.key, Provenance.IMPORTED, "2026-08-03")
            assert (verify(row), folded(row)) == (None, situation_of(row))
            assert Attachment.objects.filter(matter=row, seq=1, field="").count() == 1


@pytest.mark.parametrize("key", [key for key, found in catalogue.MECHANISMS.items() if waiting(found)])
def test_at_every_state_that_waits_whoever_must_answer_is_asked(key, stage):
    mechanism = catalogue.MECHANISMS[key]
    for state in waiting(mechanism):
        paper = paper_at(mechanism, state, stage)
        form = Form(files=(stage[1].file,))
        done = bring_paper_in(key, "纸质事项", paper, by=by_of(mechanism, paper, stage), now=NOW, form=form)
        with acting():
            children = list(Matter.objects.filter(parent__uid=done.matter))
            assert len(children) == (1 if state.in_turn else 2)
            assert {(child.provenance, child.fold["opened_on"]) for child in children} == {
                (Provenance.IMPORTED, "2026-08-03")
            }


# one suggestion


@pytest.fixture
def scan():
    """Return a stored scan of the papers."""
    return store_file("建议书、送达回证".encode(), mime="text/plain", now=NOW)


VALUES = {
    **{key: value for key, value in LETTER.items() if key not in ("copied", "touches_supervision")},
    "receiver_organs": [HOUSING, FORESTRY],
    "reply_by": "2026-09-30",
}
ANSWERING = Paper("answering", {"court": COURT}, VALUES, SINCE, "豫法建〔2025〕7号")


def brought(county, scan, paper=ANSWERING, *, by=COURT, key="judicial-suggestion", key_of_request=""):
    """Bring a paper in."""
    form = Form(files=(scan,) if scan else (), key=key_of_request)
    return bring_paper_in(key, "关于告知程序的司法建议", paper, by=county.by(by), now=NOW, form=form)


def test_it_counts_from_its_day_and_says_on_what_it_rests(county, scan):
    uid = brought(county, scan).matter

    assert kinds(uid) == ["imported"]
    assert (last(uid).effective_on, last(uid).recorded_at, last(uid).basis) == (SINCE, NOW, "纸质事项补录")
    assert (last(uid).organ, [bytes(one).hex() for one in last(uid).files]) == (COURT, [scan])


def test_the_basis_that_is_given_is_kept(county, scan):
    by = replace(county.by(COURT), basis="办公室 2026 年第 3 号移交清单")
    done = bring_paper_in("judicial-suggestion", "司法建议", ANSWERING, by=by, now=NOW, form=Form(files=(scan,)))

    assert last(done.matter).basis == "办公室 2026 年第 3 号移交清单"


def test_whoever_must_still_answer_goes_on_from_there(county, scan):
    uid = brought(county, scan).matter
    child = answer_of(uid, HOUSING)
    act(county, child, "receive", now=NOW)

    assert standing(child).row.due_on == date(2026, 9, 30)
    assert standing(uid).situation.number == "豫法建〔2025〕7号"


def test_clocks_start_on_the_days_that_are_given(county, scan):
    paper = replace(ANSWERING, clock_starts={"replies": date(2026, 7, 31)})
    found = standing(brought(county, scan, paper).matter).situation.clocks

    assert found["replies"].inputs["started_on"] == "2026-07-31"
    assert found["collect"].inputs["started_on"] == "2026-09-30"


def test_without_a_day_a_clock_starts_when_the_state_was_reached(county, scan):
    paper = Paper("concluding", {"court": COURT}, VALUES, SINCE, "豫法建〔2025〕7号")
    found = standing(brought(county, scan, paper).matter)

    assert (found.situation.clocks["conclude"].inputs["started_on"], found.row.due_on) == (
        "2026-08-03",
        date(2026, 8, 17),
    )


def test_what_was_done_on_the_way_bounds_what_may_be_done_still(county, scan):
    paper = Paper("readdressing", {"court": COURT}, VALUES, SINCE, "豫法建〔2025〕7号", made={"readdress": 2})
    uid = brought(county, scan, paper).matter

    with pytest.raises(NotOffered, match="至多 2 次，本件已办 2 次"):
        act(county, uid, "readdress", now=NOW, reason="改送", receiver_organs=[HOUSING], reply_by="2026-09-30")


def test_what_happened_on_the_way_guards_what_may_be_done_still(county, scan):
    roles = {"referrer": COURT, "centre": GOVERNMENT, "unit": HOUSING, "office": OFFICE}
    paper = Paper("delivering", roles, {"unit_organ": HOUSING}, SINCE, facts={"designated": True})
    uid = brought(county, scan, paper, key="dispute").matter

    with pytest.raises(NotOffered, match="非本单位承办，退回"):
        act(county, uid, "misdirected", now=NOW, reason="该项职责已划转")
    assert act(county, uid, "receive", now=NOW).state == "resolving"


def test_a_closed_matter_is_brought_in_as_closed(county, scan):
    paper = Paper("closed", {"court": COURT}, VALUES, SINCE, "豫法建〔2025〕7号")
    found = standing(brought(county, scan, paper).matter)

    assert (found.row.phase, found.situation.closed, found.situation.closed_on) == (1, "decided", SINCE)


def test_the_office_brings_in_for_others(county, scan):
    uid = brought(county, scan, by=OFFICE).matter

    assert (last(uid).organ, standing(uid).situation.holder) == (OFFICE, COURT)


def test_the_same_request_is_answered_with_the_first_record(county, scan):
    first, second = (brought(county, scan, key_of_request="k") for _ in range(2))

    assert (first.matter, second.again) == (second.matter, True)


# numbers


def issue_one(county):
    """Issue a suggestion here; shape: its number."""
    by = county.by(COURT)
    uid = open_by_hand("judicial-suggestion", "司法建议", by=by, now=NOW).matter
    values = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"}
    perform(uid, "issue", by=by, now=NOW, form=Form(values=values))
    return standing(uid).situation.number


def numbered(number):
    """Return the paper with another number."""
    return replace(ANSWERING, number=number)


def test_the_serial_goes_on_after_the_numbers_on_paper(county, scan):
    brought(county, scan, numbered("温法建〔2026〕16号"))
    brought(county, scan, numbered("温法建〔2026〕9号"))

    assert [issue_one(county) for _ in range(2)] == ["温法建〔2026〕17号", "温法建〔2026〕18号"]


def test_papers_found_later_lie_before_the_first_number_given_here(county, scan):
    brought(county, scan, numbered("温法建〔2026〕16号"))
    issue_one(county)
    brought(county, scan, numbered("温法建〔2026〕4号"))

    for number in ("温法建〔2026〕18号", "温法建〔2026〕40号"):
        with pytest.raises(BadPaper, match="属于本系统编号的范围"):
            brought(county, scan, numbered(number))
    assert issue_one(county) == "温法建〔2026〕18号"


@pytest.mark.parametrize("number", ["温法建〔2026〕16号", "法建函 16"])
def test_no_number_is_given_twice(county, scan, number):
    brought(county, scan, numbered(number))

    with pytest.raises(BadPaper, match="已有事项使用"):
        brought(county, scan, numbered(number))


# refusals


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"state": "nowhere"}, "state", "没有“nowhere”这一环节；可选：拟稿（drafting）"),
        ({"since": date(2026, 8, 11)}, "since", "进入当前环节的日期 2026-08-11 在今天之后"),
        ({"clock_starts": {"nothing": SINCE}}, "clock_starts.nothing", "没有“nothing”这一期限"),
        ({"clock_starts": {"replies": date(2026, 8, 4)}}, "clock_starts.replies", "起算日 2026-08-04 应在"),
        ({"since": date(1, 1, 1)}, "since", "0001-01-01 早于 1949-10-01"),
        ({"number": "温法建\x00"}, "number", "200 字以内可以显示的文字"),
        ({"roles": {"court": COURT, "judge": COURT}}, "role:judge", "没有“judge”这一方"),
        ({"roles": {"court": COURT, "procuratorate": "410825-nobody"}}, "role:procuratorate", "不存在或已撤销"),
        ({"roles": {"court": "410825-nobody"}}, "role:court", "“建议法院”中的机关不存在或已撤销"),
        ({"facts": {"late": True}}, "facts.late", "没有“late”这一情形"),
        ({"made": {"dance": 1}}, "made.dance", "没有“dance”这一办理事项"),
        ({"made": {"readdress": -1}}, "made.readdress", "次数有误"),
        ({"state": "closed", "number": ""}, "number", "“办结”须有文号"),
        ({"state": "not_issued"}, "reason", "“记录不发”须填写“理由”"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_brings_nothing_in(county, scan, change, field, said):
    with pytest.raises(BadPaper, match=said) as refused:
        brought(county, scan, replace(ANSWERING, **change))

    assert refused.value.field == field
    with acting():
        assert not Matter.objects.exists()


def test_all_faults_are_named_at_once(county):
    with pytest.raises(BadPaper) as refused:
        brought(county, "", replace(ANSWERING, state="nowhere", since=date(2027, 1, 1)))

    assert [fault.field for fault in refused.value.faults] == ["state", "files", "since"]


def test_a_part_of_a_matter_is_not_brought_in_alone(county, scan):
    paper = Paper(
        "replying", {"court": COURT, "receiver": HOUSING}, {"reply_by": "2026-09-30", "kind": "综合治理"}, SINCE
    )

    with pytest.raises(BadPaper, match="随其主件补录"):
        brought(county, scan, paper, key="judicial-suggestion/answer")


def test_who_is_neither_party_nor_office_brings_nothing_in(county, scan):
    with pytest.raises(BadPaper, match=f"{FORESTRY} 不是本件的一方"):
        brought(county, scan, replace(ANSWERING, values={**VALUES, "receiver_organs": [HOUSING]}), by=FORESTRY)


def test_a_field_that_does_not_fit_is_refused(county, scan):
    with pytest.raises(ValuesRefused, match="类型"):
        brought(county, scan, replace(ANSWERING, values={**VALUES, "kind": "其他"}))


def test_a_field_that_there_is_not_is_refused(county, scan):
    with pytest.raises(ValuesRefused, match="不需要填写“colour”"):
        brought(county, scan, replace(ANSWERING, values={**VALUES, "colour": "红"}))


def test_a_clock_whose_day_is_missing_is_refused(county, scan):
    values = {key: value for key, value in VALUES.items() if key != "reply_by"}

    with pytest.raises(DayMissing):
        brought(county, scan, replace(ANSWERING, values=values))


def test_a_scan_that_was_never_stored_is_refused(county):
    with pytest.raises(NotStored):
        brought(county, "ab" * 32)


def test_a_title_is_needed(county, scan):
    with pytest.raises(BadTitle):
        bring_paper_in("judicial-suggestion", " ", ANSWERING, by=county.by(COURT), now=NOW, form=Form(files=(scan,)))

"""One record, and everything that the row, clocks, numbers and parties say by folding it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import an_official, an_organ
from tests.builders_matters import CLAIM, POLL, a_claim, a_file, a_poll, children, in_the_catalogue, moved
from tests.suggestions import (
    COURT,
    FORESTRY,
    GOVERNMENT,
    HOUSING,
    OFFICE,
    County,
    act,
    at,
    closed,
    drafted,
    issued,
    last,
    replying,
    standing,
)

from fuyuantong.clock.terms import Term, Unit
from fuyuantong.matters.models.clock import Clock, ClockState
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.number import NumberTaken
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.models.party import INNER, Party
from fuyuantong.matters.queries import NoSuchMatter, matter_page, trail
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.setting import set_term
from fuyuantong.matters.services.trail import resolved_objects
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.matters.trails import records_of
from fuyuantong.organs.models import Account
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol.fold import fold
from fuyuantong.protocol.trail import Actor, Kind, Record

NOW = at("2026-08-03")


@pytest.fixture
def county(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    in_the_catalogue(CLAIM, monkeypatch)
    in_the_catalogue(POLL, monkeypatch)
    return county


def row_of(uid: str) -> Matter:
    with acting():
        return Matter.objects.select_related("holder").get(uid=uid)


def laps(uid: str, clock: str) -> list[tuple[int, int, date | None]]:
    """Return the laps of a clock: number, state and day."""
    with acting():
        found = Clock.objects.filter(matter__uid=uid, name=clock).order_by("lap")
        return list(found.values_list("lap", "state", "due_on"))


def shown(account: Account, uid: str) -> list[int]:
    """Return the records that an account is shown; none when it knows of no such matter."""
    with reading_as(account, at=NOW + timedelta(days=10)) as reader:
        try:
            return [record.seq for record in trail(reader, row_of(uid).uid)]
        except NoSuchMatter:
            return []


def test_the_row_says_what_the_trail_says(county: County) -> None:
    row = row_of(replying(county, now=NOW))

    assert (row.state, row.phase, row.holder.code, row.seq, row.stay_seq) == ("replying", Phase.OPEN, HOUSING, 2, 2)
    assert (row.governing_clock, row.due_on) == ("reply", date(2026, 9, 30))


def test_a_closed_matter_says_how_and_when_and_keeps_its_last_holder(county: County) -> None:
    row = row_of(closed(county, replying(county, now=NOW), now=NOW))

    assert (row.phase, row.closed_kind, row.closed_at, row.holder.code) == (Phase.CLOSED, "decided", NOW, COURT)
    assert row.due_on is None


def test_a_situation_is_told_by_exported_records_alone(county: County) -> None:
    uid = closed(county, replying(county, now=NOW), now=NOW, look_back=True)
    with acting():
        exported = [json.dumps(record.body()) for record in records_of(row_of(uid))]

    assert fold(read_back(json.loads(line)) for line in exported) == standing(uid).situation


def read_back(body: dict[str, Any]) -> Record:
    """Return the record that an exported line spells."""
    return Record(
        matter=body["matter"],
        seq=body["seq"],
        epoch=body["epoch"],
        node=body["node"],
        kind=Kind(body["kind"]),
        act=body["act"],
        from_state=body["from"],
        to_state=body["to"],
        actor=Actor(body["account"], body["post"], body["organ"], body["on_behalf_of"]),
        effective_on=date.fromisoformat(body["effective_on"]),
        recorded_at=NOW.fromisoformat(body["recorded_at"]),
        basis=body["basis"],
        values=body["values"],
        resolved=body["resolved"],
        files=tuple(body["files"]),
    )


def test_a_clock_that_ends_stays_as_a_row_and_one_that_begins_runs(county: County) -> None:
    uid = replying(county, now=NOW)

    assert laps(uid, "sign") == [(1, ClockState.ENDED, date(2026, 8, 6))]
    assert laps(uid, "reply") == [(1, ClockState.RUNNING, date(2026, 9, 30))]


def test_a_clock_that_restarts_ends_its_former_lap(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    helping = next(state for state in CLAIM.states if state.key == "helping")
    anew = replace(helping, moves=tuple(replace(move, restarts=("help",)) for move in helping.moves))
    states = tuple(anew if state is helping else state for state in CLAIM.states)
    in_the_catalogue(replace(CLAIM, states=states), monkeypatch)
    uid = a_claim(county, now=NOW)

    moved(county, uid, "rename", now=NOW + timedelta(days=1), person="乙某")

    assert laps(uid, "help") == [
        (1, ClockState.ENDED, date(2026, 8, 6)),
        (2, ClockState.RUNNING, date(2026, 8, 7)),
    ]


def test_a_clock_that_rests_has_no_day(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = tuple(replace(clock, stops=("watching",)) for clock in CLAIM.clocks)
    in_the_catalogue(replace(CLAIM, clocks=clocks), monkeypatch)
    uid = a_claim(county, now=NOW)

    moved(county, uid, "watch", now=NOW)

    assert laps(uid, "help") == [(1, ClockState.STOPPED, None)]


def test_a_clock_starts_on_the_day_on_which_the_act_counts(county: County) -> None:
    uid = children(issued(county, HOUSING, now=NOW))[0]
    by = county.by(HOUSING, effective_on=date(2026, 8, 5), basis="邮寄回执")

    done = perform(uid, "receive", by=by, now=at("2026-08-10"))

    with acting():
        clock = Clock.objects.get(matter__uid=uid, name="reply")
    assert (clock.started_on, done.record.recorded_at) == (date(2026, 8, 5), at("2026-08-10"))


def test_a_number_is_kept_with_the_matter_that_took_it(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)

    assert row_of(uid).number == "温法建〔2026〕1号"
    with acting():
        taken = NumberTaken.objects.get(matter__uid=uid)
    assert (taken.organ.code, taken.kind, taken.year, taken.serial) == (COURT, "judicial-suggestion", 2026, 1)


def test_word_of_every_record_is_left_for_after_the_commit(county: County) -> None:
    uid = replying(county, now=NOW)

    with acting():
        told = Outbox.objects.filter(body__matter=uid).latest("id").body
    assert (told["act"], told["state"], told["holder"], told["from"]) == ("receive", "replying", HOUSING, HOUSING)
    assert set(told) == {"matter", "seq", "kind", "act", "state", "holder", "from", "copies"}


def test_a_draft_is_seen_by_its_organ_alone(county: County) -> None:
    officer = an_official(county.organs[OFFICE], kind=PostKind.OFFICE)
    auditor = an_official(county.organs[OFFICE], kind=PostKind.AUDITOR)
    uid = drafted(county, now=NOW)

    assert shown(county.people[COURT], uid) == [1]
    for account in (county.people[HOUSING], county.people[GOVERNMENT], officer, auditor):
        assert shown(account, uid) == []


def test_from_issue_on_everyone_sees_the_issuing_record_and_the_drafter_all(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)
    officer = an_official(county.organs[OFFICE], kind=PostKind.OFFICE)

    assert shown(county.people[COURT], uid) == [1, 2]
    for account in (county.people[HOUSING], county.people[GOVERNMENT], officer):
        assert shown(account, uid) == [2]
    assert shown(county.people[FORESTRY], uid) == []


def test_a_draft_that_is_dropped_is_never_seen_by_others(county: County) -> None:
    uid = drafted(county, now=NOW)
    act(county, uid, "drop", now=NOW, reason="不再需要")
    officer = an_official(county.organs[OFFICE], kind=PostKind.OFFICE)

    assert (shown(county.people[COURT], uid), shown(officer, uid)) == ([1, 2], [])


def test_the_part_of_an_addressee_ends_when_another_is_named(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)
    (child,) = children(uid)
    act(county, child, "misdirected", now=NOW, reason="不归本单位管")
    act(county, child, "confirm", now=NOW, reason="确认送错")
    before = last(uid).seq

    act(county, uid, "readdress", now=NOW, reason="改送", receiver_organs=[FORESTRY], reply_by="2026-09-30")

    # what it was shown it keeps, up to the record that ended its part
    assert shown(county.people[HOUSING], uid) == list(range(2, before + 2))
    assert shown(county.people[FORESTRY], uid)[0] == 2
    with reading_as(county.people[HOUSING], at=NOW) as reader, pytest.raises(NoSuchMatter):
        matter_page(reader, row_of(uid).uid)


def test_inner_parts_end_at_the_issuing_record(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)

    with acting():
        inner = Party.objects.get(matter__uid=uid, role=INNER)
    assert (inner.organ.code, inner.since_seq, inner.until_seq, inner.from_seq) == (COURT, 1, 2, 1)


def test_a_clock_goes_by_the_term_of_the_place(county: County) -> None:
    set_term(
        "house:sign-for",
        Term(5, Unit.WORKING_DAYS),
        region_code="410825",
        basis="温县方案",
        valid_from=date(2026, 8, 1),
        by=county.people[OFFICE],
        now=NOW,
    )

    assert laps(children(issued(county, HOUSING, now=NOW))[0], "sign")[0][2] == date(2026, 8, 10)


def test_a_second_round_is_one_more_child_for_each(county: County) -> None:
    uid = a_poll(county, "ask", now=NOW)
    moved(county, uid, "revise", now=NOW, text="二稿")

    assert row_of(uid).round == 1
    assert standing(uid).situation.values["text"] == "二稿"


def test_what_a_record_resolved_is_read_as_objects_or_not_at_all(county: County) -> None:
    with acting():
        first = next(records_of(row_of(issued(county, HOUSING, now=NOW))))
    record = replace(first, resolved={"a": [{"b": 1}, 2], "c": 3})

    assert (resolved_objects(record, "a"), resolved_objects(record, "c")) == ([{"b": 1}], [])


def test_who_acts_for_an_absent_organ_sees_its_draft_too(county: County) -> None:
    mill = an_organ("410825-mill", online=False)
    officer = an_official(county.organs[OFFICE], kind=PostKind.OFFICE)
    by = By(officer, on_behalf_of=mill.code)
    form = Form(files=(a_file("申报表", now=NOW),))

    uid = open_by_hand("joint-matter", "申报", by=by, now=NOW, form=form).matter

    assert shown(officer, uid) == [1]
    assert shown(an_official(mill), uid) == [1]
    assert shown(county.people[OFFICE], uid) == [1]
    assert shown(county.people[GOVERNMENT], uid) == []

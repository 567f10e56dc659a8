"""When organs end, their principal successors go on with what is open."""

from datetime import date

import pytest
from tests.builders import an_organ
from tests.suggestions import (
    COURT,
    FORESTRY,
    HOUSING,
    LETTER,
    OFFICE,
    act,
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

from fuyuantong.matters.models.party import Party
from fuyuantong.matters.queries import matter_page
from fuyuantong.matters.services.acts import Form, perform
from fuyuantong.matters.services.successions import follow_successions
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.organs.succession import merge_organs, split_organ

pytestmark = pytest.mark.django_db
MONDAY = at("2026-08-03")
DAY = date(2026, 9, 1)


def merged(county, one, into, *, on=DAY):
    """Merge one organ into another on a day."""
    return merge_organs([county.organs[one]], into=county.organs[into], effective_on=on, by=None, now=MONDAY)


def parts(uid):
    """Return who plays which part in a matter now."""
    with acting():
        found = Party.objects.filter(matter__uid=uid, until_seq=None).select_related("organ")
        return {(part.role, part.organ.code) for part in found}


def test_the_successor_holds_what_the_merged_organ_held(county):
    uid = replying(county, now=MONDAY)
    merged(county, HOUSING, FORESTRY)

    assert follow_successions(now=at("2026-09-01", "00:05")) == 2  # the suggestion and its answer
    assert standing(uid).situation.holder == FORESTRY
    assert parts(uid) == {("court", COURT), ("receiver", FORESTRY)}


def test_before_its_day_a_merger_changes_nothing(county):
    uid = replying(county, now=MONDAY)
    merged(county, HOUSING, FORESTRY)

    assert follow_successions(now=at("2026-08-31", "23:59")) == 0
    assert standing(uid).situation.holder == HOUSING


def test_the_record_counts_from_the_day_of_the_merger_and_cites_the_directory(county):
    uid = replying(county, now=MONDAY)
    (step,) = merged(county, HOUSING, FORESTRY)
    follow_successions(now=at("2026-09-07"))

    assert (last(uid).kind, last(uid).effective_on) == ("succession", DAY)
    assert last(uid).basis == f"机构名录第 {step.change_id} 号变更：{HOUSING} 自 2026-09-01 起并入 {FORESTRY}"


def test_clocks_and_state_stay_as_they_were(county):
    uid = replying(county, now=MONDAY)
    before = standing(uid).situation
    merged(county, HOUSING, FORESTRY)
    follow_successions(now=at("2026-09-01"))

    after = standing(uid).situation
    assert (after.state, after.stay_seq, after.clocks) == (before.state, before.stay_seq, before.clocks)


def test_the_people_of_the_successor_see_the_matter_and_go_on_with_it(county):
    uid = replying(county, now=MONDAY)
    merged(county, HOUSING, FORESTRY)
    follow_successions(now=at("2026-09-01"))
    with reading_as(county.people[FORESTRY], at=at("2026-09-01")) as reader:
        assert matter_page(reader, uid).matter.state == "replying"

    assert reply(county, uid, now=at("2026-09-02")).state == "assessing"


def test_followed_once_it_is_followed_for_good(county):
    replying(county, now=MONDAY)
    merged(county, HOUSING, FORESTRY)

    assert [follow_successions(now=at("2026-09-01")) for _ in range(2)] == [2, 0]


def test_a_chain_of_mergers_is_followed_in_its_order(county):
    uid = replying(county, now=MONDAY)
    county.organs["last"] = an_organ("410825-last")
    merged(county, HOUSING, FORESTRY)
    merged(county, FORESTRY, "last", on=date(2026, 10, 1))

    assert follow_successions(now=at("2026-10-08")) == 4
    assert (standing(uid).situation.holder, kinds(uid)[2:]) == ("410825-last", ["succession", "succession"])


def test_of_several_successors_the_principal_one_goes_on(county):
    uid = replying(county, now=MONDAY)
    first, second = an_organ("410825-first"), an_organ("410825-second")
    (step, _) = split_organ(county.organs[HOUSING], into=[first, second], effective_on=DAY, by=None, now=MONDAY)
    follow_successions(now=at("2026-09-01"))

    assert standing(uid).situation.holder == "410825-first"
    assert last(uid).basis.endswith("自 2026-09-01 起分立，主要职责由 410825-first 承继")
    assert step.principal


def test_a_closed_matter_keeps_whom_it_had(county):
    uid = replying(county, now=MONDAY)
    closed(county, uid, now=at("2026-08-10"))
    before = kinds(uid)
    merged(county, HOUSING, FORESTRY)
    follow_successions(now=at("2026-09-01"))

    assert (kinds(uid), standing(uid).situation.roles["receiver"]) == (before, HOUSING)


def test_a_draft_goes_over_with_its_organ_and_shows_itself_to_nobody_else(county):
    uid = drafted(county, now=MONDAY)
    county.organs["new"] = an_organ("410825-new-court", branch="court")
    merged(county, COURT, "new")
    follow_successions(now=at("2026-09-01"))

    assert (standing(uid).situation.holder, {organ for _, organ in parts(uid)}) == (
        "410825-new-court",
        {"410825-new-court"},
    )


def test_who_was_only_copied_is_left_with_what_it_was_sent(county):
    uid = drafted(county, now=MONDAY)
    values = {**LETTER, "copied": [OFFICE], "receiver_organs": [HOUSING], "reply_by": "2026-09-30"}
    perform(uid, "issue", by=county.by(COURT), now=MONDAY, form=Form(values=values))
    county.organs["new"] = an_organ("410825-new-office")
    merged(county, OFFICE, "new")

    assert follow_successions(now=at("2026-09-01")) == 0


def test_parties_that_become_one_go_on_as_one(county):
    uid = issued(county, HOUSING, FORESTRY, now=MONDAY)
    merged(county, HOUSING, FORESTRY)
    follow_successions(now=at("2026-09-01"))

    assert standing(uid).situation.roles["receivers"] == [FORESTRY]
    act(county, uid, "stop_waiting", now=at("2026-09-02"), reason="已合并答复")

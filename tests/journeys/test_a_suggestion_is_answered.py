"""A court advises two bureaus: one answers, the other was the wrong one, a third gets the letter instead."""

from datetime import date

import pytest
from tests.builders import an_official, an_organ
from tests.suggestions import (
    COURT,
    FORESTRY,
    HOUSING,
    County,
    act,
    answer_of,
    at,
    issued,
    kinds,
    last,
    reply,
    standing,
)

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, verify
from fuyuantong.organs.vocabulary import PostKind

WATER = "410825-water"


@pytest.fixture
def county(county: County) -> County:
    county.organs[WATER] = an_organ(WATER, under=county.organs["410825-government"])
    county.people[WATER] = an_official(county.organs[WATER], kind=PostKind.HEAD)
    return county


@pytest.fixture
def suggestion(county: County) -> str:
    """Give a suggestion that the housing bureau has answered, and that the forestry bureau gave back."""
    uid = issued(county, HOUSING, FORESTRY, now=at("2026-08-03"))
    first, second = answer_of(uid, HOUSING), answer_of(uid, FORESTRY)
    act(county, first, "receive", now=at("2026-08-04"))
    reply(county, first, now=at("2026-08-20"))
    act(county, first, "adopt", now=at("2026-08-24"), assessment="措施具体，予以采纳。")
    act(county, second, "misdirected", now=at("2026-08-05"), reason="该项职责已划转水利局")
    act(county, second, "confirm", now=at("2026-08-25"), reason="确属送错")
    return uid


def test_each_is_judged_by_its_own_clock(county: County) -> None:
    uid = issued(county, HOUSING, FORESTRY, now=at("2026-08-03"))
    act(county, answer_of(uid, HOUSING), "receive", now=at("2026-08-04"))
    with acting():
        due = {row.holder.code: row.due_on for row in Matter.objects.filter(parent__uid=uid).select_related("holder")}

    assert due == {HOUSING: date(2026, 9, 30), FORESTRY: date(2026, 8, 6)}


def test_a_misdirected_letter_comes_back_to_the_court(county: County, suggestion: str) -> None:
    situation = standing(suggestion).situation

    assert (situation.state, situation.holder) == ("readdressing", COURT)
    assert {child.organ: child.ending for child in situation.children.values()} == {
        HOUSING: "adopted",
        FORESTRY: "misdirected",
    }


def test_the_right_bureau_gets_the_same_letter_under_the_same_number(county: County, suggestion: str) -> None:
    act(
        county,
        suggestion,
        "readdress",
        now=at("2026-08-26"),
        reason="改送",
        receiver_organs=[WATER],
        reply_by="2026-10-15",
    )

    child = standing(answer_of(suggestion, WATER)).situation
    assert (child.holder, child.values["reply_by"], child.values["title"]) == (
        WATER,
        "2026-10-15",
        "规范行政处罚告知程序",
    )
    assert standing(suggestion).situation.number == "温法建〔2026〕1号"
    assert standing(suggestion).situation.round == 2


def test_it_is_closed_when_all_have_answered(county: County, suggestion: str) -> None:
    act(
        county,
        suggestion,
        "readdress",
        now=at("2026-08-26"),
        reason="改送",
        receiver_organs=[WATER],
        reply_by="2026-10-15",
    )
    third = answer_of(suggestion, WATER)
    act(county, third, "receive", now=at("2026-08-27"))
    reply(county, third, now=at("2026-09-15"))
    act(county, third, "partly", now=at("2026-09-18"), assessment="第二项尚未落实。")
    act(county, suggestion, "close", now=at("2026-09-21"), outcome="部分采纳", conclusion="类案下降。", look_back=False)

    assert kinds(suggestion) == ["open", "issue", "join", "join", "readdress", "join", "close"]
    assert last(suggestion).resolved["closed"] == "decided"


def test_every_trail_holds_and_tells_its_matter(county: County, suggestion: str) -> None:
    with acting():
        for row in Matter.objects.all():
            assert verify(row) is None
            assert folded(row) == standing(str(row.uid)).situation

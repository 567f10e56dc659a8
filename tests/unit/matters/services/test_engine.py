"""What passes by itself: after the due day, effective on it, and said to rest on what."""

from datetime import date

import pytest
from tests.suggestions import FORESTRY, HOUSING, answer_of, at, issued, kinds, last, replying, standing

from fuyuantong.matters.services import engine
from fuyuantong.matters.services.engine import lapse_one, let_lapse

pytestmark = pytest.mark.django_db
# 签收 within three working days of Monday 3 August: until Thursday the 6th
MONDAY = at("2026-08-03")


def test_on_the_due_day_nothing_lapses(county):
    uid = answer_of(issued(county, now=MONDAY), HOUSING)

    assert let_lapse(now=at("2026-08-06", "23:59")) == 0
    assert lapse_one(uid, now=at("2026-08-06", "23:59")) is None


def test_after_the_due_day_the_matter_moves_on_with_effect_on_that_day(county):
    uid = answer_of(issued(county, now=MONDAY), HOUSING)

    assert let_lapse(now=at("2026-08-07", "00:05")) == 1
    assert (standing(uid).situation.state, last(uid).effective_on) == ("replying", date(2026, 8, 6))


def test_a_lapse_says_what_it_rests_on(county):
    uid = answer_of(issued(county, now=MONDAY), HOUSING)
    let_lapse(now=at("2026-08-10"))

    assert (
        last(uid).basis == "“签收”于 2026-08-06 届满（各方案“及时”未定天数（柳州三(四)、鄂尔多斯三(三)3），本地默认）"
    )
    assert (last(uid).account, last(uid).post, last(uid).organ) == ("", "engine", "")


def test_what_lapsed_lapses_once(county):
    issued(county, now=MONDAY)
    let_lapse(now=at("2026-08-07"))

    assert let_lapse(now=at("2026-08-07")) == 0


def test_after_downtime_each_lapse_follows_from_the_one_before(county):
    uid = answer_of(issued(county, now=MONDAY), HOUSING)
    let_lapse(now=at("2026-11-02"))

    assert kinds(uid) == ["open", "lapse", "lapse"]
    assert (standing(uid).situation.state, last(uid).effective_on) == ("overdue", date(2026, 10, 30))


def test_who_is_late_where_nothing_lapses_stays(county):
    uid = replying(county, now=MONDAY)

    assert let_lapse(now=at("2026-10-08")) == 0
    assert kinds(uid) == ["open", "receive"]


def test_one_matter_that_fails_holds_up_no_other(county, monkeypatch, caplog):
    suggestion = issued(county, HOUSING, FORESTRY, now=MONDAY)
    first, second = answer_of(suggestion, HOUSING), answer_of(suggestion, FORESTRY)
    lapse = engine.lapse

    def failing(mechanism, situation, *rest, **more):
        if situation.uid == first:
            raise KeyError("a broken trail")
        return lapse(mechanism, situation, *rest, **more)

    monkeypatch.setattr(engine, "lapse", failing)

    assert let_lapse(now=at("2026-08-07")) == 1
    assert (kinds(first), kinds(second)) == (["open"], ["open", "lapse"])
    assert "could not be dealt with" in caplog.text

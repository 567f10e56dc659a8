"""An answer that comes after the day is still an answer, and stays known as late."""

from datetime import date

import pytest
from tests.builders_matters import a_file
from tests.suggestions import COURT, HOUSING, County, act, at, kinds, last, replying, standing

from fuyuantong.matters.services.acts import Form, perform
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.services.slips import make_request
from fuyuantong.protocol.offers import NotOffered

LATE = at("2026-11-10")  # the answer was due on 2026-09-30, and the court took over 30 days later


@pytest.fixture
def overdue(county: County) -> str:
    """Give a letter that nobody answered: it has gone back to the court."""
    uid = replying(county, now=at("2026-08-03"))
    let_lapse(now=at("2026-11-02"))
    return uid


def handed_in(county: County, uid: str) -> str:
    form = Form({"reply": "已修订文书模板。", "letter": [a_file("复函", now=LATE)]})
    make_request(uid, "late_reply", by=county.by(HOUSING), now=LATE, form=form)
    (slip,) = standing(uid).situation.requests
    return slip


def test_silence_leads_the_letter_back_to_the_court(county: County, overdue: str) -> None:
    situation = standing(overdue).situation

    assert (situation.state, situation.holder, kinds(overdue)[-1]) == ("overdue", COURT, "lapse")
    assert last(overdue).effective_on == date(2026, 10, 30)


def test_the_bureau_cannot_answer_as_if_nothing_had_happened(county: County, overdue: str) -> None:
    with pytest.raises(NotOffered, match="没有“reply”这一办理事项"):
        perform(overdue, "reply", by=county.by(COURT), now=LATE)


def test_a_late_answer_is_handed_in_and_waits_for_the_court(county: County, overdue: str) -> None:
    handed_in(county, overdue)
    situation = standing(overdue).situation

    assert (situation.state, situation.holder, len(situation.requests)) == ("overdue", COURT, 1)
    assert "reply" not in situation.values


def test_the_court_takes_it_and_knows_that_it_was_pressed(county: County, overdue: str) -> None:
    slip = handed_in(county, overdue)
    form = Form({"reply": "已修订文书模板。", "letter": [a_file("复函", now=LATE)]})

    done = perform(overdue, "take_reply", by=county.by(COURT), now=LATE, form=form, answers=slip)

    assert (done.state, standing(overdue).situation.facts) == ("assessing", {"pressed": True})
    with pytest.raises(NotOffered, match="须“pressed”为“否”"):
        act(county, overdue, "supplement", now=LATE, reason="不够具体", reply_by="2026-12-10")


def test_a_paper_that_was_in_time_counts_from_its_day_and_is_known_to_be_entered_late(county: County) -> None:
    uid = replying(county, now=at("2026-08-03"))
    postmark = a_file("信封", now=at("2026-10-08"))
    by = county.by(HOUSING, effective_on=date(2026, 9, 29), basis="挂号信邮戳")
    form = Form({"reply": "已修订文书模板。", "letter": [a_file("复函", now=LATE)]}, files=(postmark,))

    done = perform(uid, "reply", by=by, now=at("2026-10-08"), form=form)

    assert (done.record.effective_on, done.record.recorded_at) == (date(2026, 9, 29), at("2026-10-08"))
    assert (done.record.basis, done.record.files) == ("挂号信邮戳", (postmark,))
    assert standing(uid).situation.clocks["assess"].inputs["started_on"] == "2026-09-29"

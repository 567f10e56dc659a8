"""A problem that was raised before is shown to who drafts, judged by a person, and counted on every page."""

import re

import pytest
from tests.suggestions import COURT, FORESTRY, HOUSING, LETTER, act, answer_of, at, drafted, issued, reply

from fuyuantong.matters.models.link import Link
from fuyuantong.matters.services.deferred import open_deferred
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.inner import save_draft
from fuyuantong.matters.session import acting

pytestmark = pytest.mark.django_db
JUNE, OCTOBER, DECEMBER = at("2026-06-01"), at("2026-10-09"), at("2026-12-03")


@pytest.fixture
def before(county):
    """Give a suggestion to the housing bureau that was answered and closed; shape: its uid."""
    uid = issued(county, HOUSING, now=JUNE, reply_by="2026-07-30")
    part = answer_of(uid, HOUSING)
    act(county, part, "receive", now=JUNE)
    reply(county, part, now=JUNE)
    act(county, part, "adopt", now=JUNE, assessment="采纳。")
    act(county, uid, "close", now=JUNE, outcome="全部采纳", conclusion="已整改。", look_back=False)
    return uid


@pytest.fixture
def again(county):
    """Give the draft of another one in the same words; shape: its uid."""
    uid = drafted(county, now=OCTOBER)
    values = {**LETTER, "receiver_organs": [HOUSING]}
    save_draft(uid, "issue", by=county.by(COURT), now=OCTOBER, form=Form(values=values))
    return uid


def judged(client, uid, former, same="yes"):
    return client.post(
        f"/matter/{uid}/recurrence/judge", {"former": former, "same": same}, follow=True
    ).content.decode()


def test_who_drafts_is_shown_the_former_suggestion_and_why(of, before, again):
    page = of(COURT).get(f"/matter/{again}").content.decode()

    assert "有 1 件文字相近" in page
    assert "相近 100%：同属“综合治理”；" in page
    assert before in page
    assert "有 1 件文字相近" in of(COURT).get(f"/matter/{again}/recurrence").content.decode()


def test_a_person_confirms_it_and_both_pages_count_it(of, before, again):
    assert "已认定为同一问题再次发生" in judged(of(COURT), again, before)
    assert "共提出 <b>2</b> 次，本件是第 <b>2</b> 次" in of(COURT).get(f"/matter/{again}").content.decode()
    assert "共提出 <b>2</b> 次，本件是第 <b>1</b> 次" in of(COURT).get(f"/matter/{before}").content.decode()
    assert "1 次" in of(COURT).get("/recurrences").content.decode()


def test_a_look_back_that_opened_by_itself_and_failed_stands_beside_the_former_one(county, of):
    before = issued(county, HOUSING, now=JUNE, reply_by="2026-07-30")
    part = answer_of(before, HOUSING)
    act(county, part, "receive", now=JUNE)
    reply(county, part, now=JUNE)
    act(county, part, "adopt", now=JUNE, assessment="采纳。")
    act(county, before, "close", now=JUNE, outcome="全部采纳", conclusion="已整改。", look_back=True)
    assert open_deferred(now=DECEMBER) == 1
    with acting():
        looking = str(Link.objects.get(from_uid=before, kind="opened").to_uid)
    act(county, looking, "report_recurrence", now=DECEMBER, finding="抽查发现两起同类问题。")
    again = issued(county, HOUSING, now=DECEMBER, reply_by="2027-01-30")
    page = of(COURT).get(f"/matter/{again}").content.decode()

    assert "其后　建议回头看：问题再发" in page
    judged(of(COURT), again, before)
    assert "其后　建议回头看：问题再发" in of(COURT).get(f"/matter/{again}").content.decode()


def test_who_must_answer_sees_that_it_recurs_but_not_before_the_issue(county, of, before, again):
    judged(of(COURT), again, before)
    assert "再次" not in of(HOUSING).get(f"/matter/{before}").content.decode()
    act(county, again, "issue", now=OCTOBER, receiver_organs=[HOUSING], reply_by="2026-12-01", **LETTER)
    part = answer_of(again, HOUSING)

    assert "（<b>再次发生</b>）" in of(HOUSING).get(f"/matter/{part}").content.decode()
    assert "没有" in of(FORESTRY).get("/recurrences").content.decode()


def test_a_person_says_that_it_is_another_problem(of, before, again):
    assert "已认定不是同一问题" in judged(of(COURT), again, before, same="no")
    assert "文字相近" not in of(COURT).get(f"/matter/{again}").content.decode()
    assert "已经认定过" in judged(of(COURT), again, before)


@pytest.mark.parametrize("former", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_former_matter_is_refused(of, again, former):
    assert "没有这件可以比对的事项" in judged(of(COURT), again, former)


def test_a_suggestion_that_ended_well_is_recommended_and_its_number_stands_in_the_form(of, before):
    court = of(COURT)
    assert "推荐评选" in court.get(f"/matter/{before}").content.decode()
    page = court.get(f"/open?about={before}").content.decode()
    ways = re.findall(r'href="(/open/[^"?]+)\?about=', page)
    begun = court.post(f"{ways[0]}?about={before}", {"title": "优秀司法建议"}, follow=True).content.decode()

    assert len(set(ways)) == 1
    assert "县法建〔2026〕1号" in begun or "〔2026〕1号" in begun


def test_what_waits_or_has_no_number_is_not_recommended(of, again):
    assert "推荐评选" not in of(COURT).get(f"/matter/{again}").content.decode()

"""到会情况: what the invited organs answered stands in the form, and beside each invitation."""

import pytest
from django.test import Client
from tests.conferences import called, child_at, convened
from tests.suggestions import COURT, HOUSING, OFFICE, a_county, act, at

from fuyuantong.matters.services.acts import Form
from fuyuantong.matters.services.inner import propose

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03")
COMES = {"attendee": "甲某", "attendee_post": "县法院副院长", "rank": "分管负责人"}
STANDS_IN = {"attendee": "乙某", "attendee_post": "住建局法规股股长", "rank": "部门负责人"}


def asked(county, uid):
    """Return what stands in the boxes of those present, and the page."""
    client = Client()
    client.force_login(county.people[OFFICE])
    answer = client.get(f"/matter/{uid}?act=hold")
    box = next(box for box in answer.context["panel"].boxes if box.name == "attendance")
    return [[cell.box.value for cell in row] for row in box.rows], answer.content.decode()


def test_those_who_will_come_stand_in_the_form_and_nobody_else():
    county = a_county()
    uid = convened(county, "第四季度联席会议", on="2026-11-12", now=NOW)
    assert asked(county, uid)[0] == [["", "", ""]]

    act(county, child_at(uid, HOUSING), "substitute", now=NOW, reason="值守防汛", **STANDS_IN)
    rows, page = asked(county, uid)
    assert rows == [list(STANDS_IN.values())]
    assert "乙某　住建局法规股股长　部门负责人" in page

    act(county, child_at(uid, COURT), "decline", now=NOW, reason="赴省参加会议")
    assert asked(county, uid)[0] == [list(STANDS_IN.values())]


def test_who_signs_reads_what_becomes_of_each_item():
    county = a_county()
    uid = called(county, "第四季度联席会议", now=NOW)
    typed = {"held_on": "2026-11-12", "starts_at": "09:30", "place": "县法院", "items.listing": ["缓议"]}
    propose(uid, "set_agenda", by=county.by(OFFICE), now=NOW, form=Form(values=typed))
    client = Client()
    client.force_login(county.people[OFFICE])

    (items,) = [one for one in client.get(f"/matter/{uid}").context["proposal"].values if one.key == "items"]
    assert (items.columns, items.rows) == (("议题", "是否列入"), (("通报上半年行政诉讼情况", "缓议"),))


def test_who_would_have_come_on_another_day_is_asked_anew():
    county = a_county()
    uid = convened(county, "第四季度联席会议", on="2026-11-12", now=NOW)
    act(county, child_at(uid, COURT), "accept", now=NOW, **COMES)
    act(county, uid, "postpone", now=NOW, reason="主要负责人另有公务")
    act(county, uid, "reschedule", now=NOW, held_on="2026-11-18", starts_at="15:00", place="县法院")

    assert asked(county, uid)[0] == [["", "", ""]]

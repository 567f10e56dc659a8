"""日历订阅: what a calendar program is given, read back by another library than the one that wrote it."""

from datetime import datetime, time, timedelta

import pytest
import vobject
from django.test import Client
from django.utils import timezone
from tests.builders import an_official, an_organ
from tests.conferences import convened
from tests.suggestions import COURT, OFFICE, a_county, act
from tests.unit.desk.administrators import last_event

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.acts import Form
from fuyuantong.matters.services.amending import correct_record
from fuyuantong.matters.session import acting
from fuyuantong.organs.staffing import close_account

pytestmark = pytest.mark.django_db
TITLE = "第四季度府院联动常规联席会议，研究裁执分离；统一涉企行政处罚裁量标准等事项（请各单位提前报送议题）"


@pytest.fixture
def county():
    return a_county()


def owner(county, organ=COURT):
    """Return the browser of somebody who has signed in."""
    client = Client()
    client.force_login(county.people[organ])
    return client


def made(client):
    """Return the address of a new feed, below the site."""
    address = client.post("/account/calendar").context["feed_address"]
    return address.removeprefix("http://testserver")


def in_days(days):
    return timezone.now().astimezone(SHANGHAI).date() + timedelta(days=days)


def corrected(county, uid, **values):
    """Let the convenor correct what it said of when and where."""
    with acting():
        said = [
            one for one in Record.objects.filter(matter__uid=uid).order_by("seq") if values.keys() <= one.values.keys()
        ]
    form = Form(values=values)
    correct_record(uid, said[-1].seq, reason="时间笔误", by=county.by(OFFICE), now=timezone.now(), form=form)


def at(days, hour, minute):
    """Return a time of day, so many days from now."""
    return datetime.combine(in_days(days), time(hour, minute), SHANGHAI)


def read(address):
    """Return the events that a calendar program finds at an address."""
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    return vobject.readOne(answer.content.decode()).contents.get("vevent", [])


def test_an_event_is_given_whole(county):
    uid = convened(county, TITLE, on=in_days(9).isoformat(), now=timezone.now(), ends_at="11:30")
    (event,) = read(made(owner(county)))

    assert (event.uid.value, event.summary.value, event.location.value) == (uid, TITLE, "县政府第二会议室")
    assert (event.dtstart.value, event.dtend.value) == (at(9, 9, 30), at(9, 11, 30))
    assert (event.status.value, event.url.value) == ("CONFIRMED", f"http://testserver/matter/{uid}")
    assert event.dtstamp.value.utcoffset() == timedelta(0)


def test_a_change_raises_the_sequence_and_keeps_the_uid(county):
    now = timezone.now()
    uid = convened(county, TITLE, on=in_days(9).isoformat(), now=now)
    address = made(owner(county))
    (first,) = read(address)
    act(county, uid, "postpone", now=now, reason="主要负责人另有公务")
    act(county, uid, "reschedule", now=now, held_on=in_days(20).isoformat(), starts_at="15:00", place="县法院")
    (second,) = read(address)
    act(county, uid, "cancel", now=now, reason="议题不成熟")
    (third,) = read(address)

    assert {first.uid.value, second.uid.value, third.uid.value} == {uid}
    assert int(first.sequence.value) < int(second.sequence.value) < int(third.sequence.value)
    assert (second.dtstart.value, third.status.value) == (at(20, 15, 0), "CANCELLED")


def test_another_hour_is_a_change_too_and_no_hour_is_the_whole_day(county):
    uid = convened(county, TITLE, on=in_days(9).isoformat(), now=timezone.now())
    address = made(owner(county))
    (first,) = read(address)
    corrected(county, uid, starts_at="15:00")
    (second,) = read(address)
    assert (int(second.sequence.value), second.dtstart.value) == (int(first.sequence.value) + 1, at(9, 15, 0))
    with acting():
        Matter.objects.filter(uid=uid).update(values={"held_on": in_days(9).isoformat()})
    (third,) = read(address)
    assert (third.dtstart.value, third.dtend.value) == (in_days(9), in_days(10))


def test_what_is_restricted_has_a_neutral_title(county):
    convened(county, TITLE, on=in_days(9).isoformat(), now=timezone.now())
    with acting():
        Matter.objects.filter(mechanism="conference").update(secrecy=1)
    (event,) = read(made(owner(county)))
    assert (event.summary.value, event.contents.keys() & {"location", "description"}) == ("府院联动会议", set())


def test_a_feed_shows_what_its_owner_sees_and_ends_with_the_account(county):
    convened(county, TITLE, on=in_days(9).isoformat(), now=timezone.now())
    stranger = an_official(an_organ())
    client = Client()
    client.force_login(stranger)
    address = made(client)
    assert read(address) == []
    close_account(stranger, by=None, now=timezone.now())
    assert Client().get(address).status_code == 404


def test_a_new_address_ends_the_old_and_what_is_revoked_is_gone(county):
    client = owner(county)
    old, new = made(client), made(client)
    assert (last_event().kind, last_event().detail["anew"]) == ("feed-made", True)
    assert [Client().get(address).status_code for address in (old, new)] == [404, 200]
    client.post("/account/calendar/revoke")
    client.post("/account/calendar/revoke")
    assert (Client().get(new).status_code, last_event().kind) == (404, "feed-revoked")
    assert new.rpartition("/")[2].removesuffix(".ics") not in client.get("/account").content.decode()

"""The next meeting of a series begins with what the earlier ones resolved and nobody has finished."""

import pytest
from django.test import Client
from tests.conferences import QUARTERLY, a_resolution, called, concluded
from tests.suggestions import HOUSING, OFFICE, a_county, act, at

from fuyuantong.matters.services.acts import open_by_hand

pytestmark = pytest.mark.django_db
NOW, NEXT = at("2026-09-01"), at("2026-11-03")


@pytest.fixture
def county():
    return a_county()


@pytest.fixture
def resolved(county):
    """Return the uids of two matters that a conference of the quarter before resolved."""
    rows = [a_resolution("统一裁量标准"), a_resolution("建立移送清单", due_by="2026-10-31")]
    return concluded(county, "第三季度联席会议", on="2026-09-08", now=NOW, resolutions=rows)


def asked_again(county, uid, **typed):
    """Return the rows of the form after its kind was chosen, and the answer."""
    client = Client()
    client.force_login(county.people[OFFICE])
    answer = client.post(f"/matter/{uid}/act/call", {"do": "begin:series", **typed})
    box = next(box for box in answer.context["panel"].boxes if box.name == "items")
    return [{cell.name.partition(".")[2]: cell.box.value for cell in row} for row in box.rows], answer


def begun(county):
    return open_by_hand("conference", "第四季度联席会议", by=county.by(OFFICE), now=NEXT).matter


def test_the_next_of_the_series_begins_with_what_is_open_oldest_first(county, resolved):
    rows, answer = asked_again(county, begun(county), series=QUARTERLY, **{"items.1.item": "通报情况"})

    assert [row.get(f"{n}.matter", "") for n, row in enumerate(rows, 1)] == [*resolved, ""]
    assert rows[1]["2.item"] == "续议：建立移送清单"
    assert rows[1]["2.ground"].startswith("此前会议议定，尚未办结，现由住建局办理，期限 2026-")
    assert "已带入 2 件未办结事项" in answer.content.decode()
    assert answer.content.decode().count("看不到的没有带入，也没有计数") == 1


def test_nothing_is_brought_twice_nor_from_another_series_nor_what_is_done(county, resolved):
    typed = {"items.1.item": "续议", "items.1.matter": resolved[0]}
    rows, _ = asked_again(county, begun(county), series=QUARTERLY, **typed)
    assert [row[f"{n}.matter"] for n, row in enumerate(rows, 1)] == [resolved[1], resolved[0]]

    other, _ = asked_again(county, begun(county), series="临时议事会议")
    assert [row.keys() for row in other] == [{"1.item", "1.ground"}]


def test_the_kind_must_be_chosen_first(county):
    _, answer = asked_again(county, begun(county))
    assert (answer.status_code, "请先选择“会议类别”" in answer.content.decode()) == (422, True)


def test_the_page_of_the_conference_leads_to_what_was_carried_on(county, resolved):
    items = [
        {"item": "续议：统一裁量标准", "ground": "尚未办结", "matter": resolved[0]},
        {"item": "通报情况", "ground": "每季度通报"},
    ]
    uid = called(county, "第四季度联席会议", now=NEXT, items=items)
    client = Client()
    client.force_login(county.people[OFFICE])
    shown = client.get(f"/matter/{uid}").content.decode()
    assert shown.count(f'href="/matter/{resolved[0]}"') >= 2  # in the values, and beside what is asked of its row

    act(county, resolved[0], "receive", now=NEXT)
    client.force_login(county.people[HOUSING])
    assert f'href="/matter/{resolved[0]}"' in client.get(f"/matter/{uid}").content.decode()
    assert f'href="/matter/{uid}"' in client.get(f"/matter/{resolved[0]}").content.decode()

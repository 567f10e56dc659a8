"""One thing done with many matters at once: only what asks for nothing and is offered by all, told row by row."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.builders import an_official
from tests.suggestions import (
    COURT,
    FORESTRY,
    HOUSING,
    answer_of,
    issued,
    kinds,
    replying,
    standing,
)

from fuyuantong.matters.services.acts import perform

pytestmark = pytest.mark.django_db
KEY = "0" * 32


@pytest.fixture
def bureau(county):
    """Give a browser without script in which the bureau's head has signed in."""
    client = Client()
    client.force_login(county.people[HOUSING])
    return client


@pytest.fixture
def waiting(county):
    """Give two answers that wait for the bureau to sign for them."""
    return [answer_of(issued(county, HOUSING, now=timezone.now()), HOUSING) for _ in range(2)]


def asked(client, act, *uids):
    return client.get("/ledger/bulk", {"act": act, "uid": uids}).content.decode()


def sent(client, **form):
    response = client.post("/ledger/bulk", form, follow=True)
    return response.content.decode()


def test_what_all_offer_is_offered_for_all_and_done_one_by_one(bureau, waiting):
    assert "签收 2 件" in asked(bureau, "move", *waiting)
    text = sent(bureau, move="签收", uid=waiting, key=KEY)

    assert "签收：2 件中 2 件已办" in text
    assert [standing(uid).situation.state for uid in waiting] == ["replying", "replying"]


def test_what_asks_for_something_is_not_offered(bureau, waiting):
    assert "退回" not in asked(bureau, "move", *waiting)


def test_what_one_does_not_offer_is_not_offered(county, bureau, waiting):
    uid = replying(county, now=timezone.now())

    assert "没有可以一起办理的" in asked(bureau, "move", *waiting, uid)
    assert "不能都办“签收”" in sent(bureau, move="签收", uid=[*waiting, uid], key=KEY)


def test_of_what_somebody_else_did_first_the_row_tells(county, bureau, waiting, monkeypatch):
    def first_come(uid, move, **told):
        if uid == waiting[0]:
            perform(uid, move, by=county.by(HOUSING), now=timezone.now())
        return perform(uid, move, **told)

    monkeypatch.setattr("fuyuantong.desk.ledger.bulk.perform", first_come)
    text = sent(bureau, move="签收", uid=waiting, key=KEY)

    assert "签收：2 件中 1 件已办" in text
    assert "当前环节不能办理此项" in text


def test_sent_twice_it_is_done_once(county, waiting):
    court = Client()
    court.force_login(county.people[COURT])
    for _ in range(2):
        text = sent(court, urge="1", text="请抓紧", uid=waiting, key=KEY)

    assert "催办：2 件中 2 件已办" in text
    assert kinds(waiting[0]).count("slip-admitted") == 1


def test_nobody_urges_oneself(bureau, waiting):
    text = asked(bureau, "urge", *waiting)

    assert "选定的事项都不能催办" in text
    assert "现由本单位办理，不向自己催办" in text


def test_an_urging_wants_words(county, waiting):
    court = Client()
    court.force_login(county.people[COURT])

    assert "催办意见有误" in sent(court, urge="1", text=" ", uid=waiting, key=KEY)


def test_who_does_not_see_a_matter_cannot_choose_it(county, waiting):
    stranger = Client()
    stranger.force_login(an_official(county.organs[FORESTRY]))

    assert "没有选定事项" in asked(stranger, "urge", *waiting, "no id")


def test_a_result_that_is_not_there_any_more_leads_to_the_ledger(bureau):
    assert bureau.get("/ledger/bulk/gone")["Location"] == "/ledger"

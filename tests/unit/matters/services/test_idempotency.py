"""The same request is answered once, and again with the same answer."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection
from tests.databases import FreshDatabase
from tests.suggestions import COURT, HOUSING, LETTER, County, a_county, act, at, drafted, issued, replying

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.outbox import Idempotency
from fuyuantong.matters.services import idempotency
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done, Form, open_by_hand, perform
from fuyuantong.matters.services.idempotency import BadKey, StaleKey
from fuyuantong.matters.services.slips import make_request
from fuyuantong.matters.session import acting
from fuyuantong.protocol.values import ValuesRefused
from fuyuantong.seal.canonical import canonical
from fuyuantong.seal.digest import sm3

NOW = at("2026-08-03")
REASON = {"reason": "情况变化"}


@pytest.fixture
def county(db: None) -> County:
    return a_county()


def opened(county: County, *, key: str, title: str = "标题", organ: str = COURT, basis: str = "") -> Done:
    by = By(county.people[COURT], organ=organ, basis=basis)
    return open_by_hand("judicial-suggestion", title, by=by, now=NOW, form=Form(key=key))


def dropped(county: County, uid: str, *, key: str, **values: str) -> Done:
    return perform(uid, "drop", by=county.by(COURT), now=NOW, form=Form(values=values, key=key))


def test_an_opening_sent_twice_opens_once(county: County) -> None:
    first, second = opened(county, key="k"), opened(county, key="k")

    assert replace(second, again=False) == first
    assert second.again


def test_an_act_sent_twice_is_answered_with_the_first_record(county: County) -> None:
    uid = drafted(county, now=NOW)
    first, second = dropped(county, uid, key="k", **REASON), dropped(county, uid, key="k", **REASON)

    assert replace(second, again=False) == first
    assert second.again


def test_the_answer_is_what_it_was_then_whatever_happened_since(county: County) -> None:
    uid = replying(county, now=NOW)
    form = Form(values={"reason": "需汇总"}, key="k")
    first = perform(uid, "ask_extension", by=county.by(HOUSING), now=NOW, form=form)
    act(county, uid, "deny_extension", now=NOW, reason="不必")

    second = perform(uid, "ask_extension", by=county.by(HOUSING), now=NOW, form=form)

    assert (second.state, second.holder, second.record.seq) == (first.state, first.holder, first.record.seq)


def test_a_request_sent_twice_is_made_once(county: County) -> None:
    uid = replying(county, now=NOW)
    form = Form(values=REASON, key="k")
    first, second = (make_request(uid, "recall", by=county.by(COURT), now=NOW, form=form) for _ in range(2))

    assert (second.again, second.record) == (True, first.record)


@pytest.mark.parametrize("other", [{"title": "别的标题"}, {"basis": "登记簿"}, {"organ": ""}])
def test_a_key_stands_for_one_opening_alone(county: County, other: dict) -> None:
    opened(county, key="k")

    with pytest.raises(StaleKey, match="同一请求编号对应的内容不同"):
        opened(county, key="k", **other)


def test_a_key_stands_for_one_act_alone(county: County) -> None:
    uid = drafted(county, now=NOW)
    dropped(county, uid, key="k", **REASON)

    with pytest.raises(StaleKey):
        dropped(county, uid, key="k", reason="别的理由")
    with pytest.raises(StaleKey):
        dropped(county, drafted(county, now=NOW), key="k", **REASON)


def test_a_key_of_another_account_is_another_key(county: County) -> None:
    opened(county, key="k")
    by = county.by(HOUSING)

    assert not open_by_hand("joint-matter", "标题", by=by, now=NOW, form=Form(key="k")).again


def test_a_refused_act_gives_its_key_back(county: County) -> None:
    uid = drafted(county, now=NOW)
    with pytest.raises(ValuesRefused):
        dropped(county, uid, key="k")

    assert not dropped(county, uid, key="k", **REASON).again


def test_without_a_key_nothing_is_remembered(county: County) -> None:
    assert opened(county, key="").matter != opened(county, key="").matter
    with acting():
        assert not Idempotency.objects.exists()


@pytest.mark.parametrize("key", ["k\x00", "k" * 201, " "])
def test_a_key_must_be_short_and_legible(county: County, key: str) -> None:
    with pytest.raises(BadKey, match="请求编号有误"):
        opened(county, key=key)
    with pytest.raises(BadKey, match="请求编号有误"):
        dropped(county, drafted(county, now=NOW), key=key, **REASON)


def test_an_opening_whose_key_was_taken_meanwhile_is_refused(county: County) -> None:
    uid = drafted(county, now=NOW)
    dropped(county, uid, key="k", **REASON)
    with acting():
        row = Matter.objects.get(uid=uid)

    with pytest.raises(StaleKey), acting():
        idempotency.remember(county.people[COURT], "k", {}, row, 1)


def test_what_is_remembered_of_a_request_is_no_bare_digest_of_it(county: County) -> None:
    opened(county, key="k")
    request = Form(key="k").request(county.by(COURT), "open", "judicial-suggestion", "", "标题")

    with acting():
        (kept,) = Idempotency.objects.values_list("request_digest", flat=True)
    assert bytes(kept) != sm3(canonical(dict(request)))


@pytest.mark.slow
def test_copies_of_a_request_at_once_are_one_act(fresh_database: FreshDatabase) -> None:
    county = a_county()
    uid = drafted(county, now=NOW)
    form = Form(values={**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"}, key="k")

    def send(_: int) -> Done:
        try:
            return perform(uid, "issue", by=county.by(COURT), now=NOW, form=form)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(8)))
    assert sorted(done.again for done in answers) == [False] + [True] * 7
    assert {(done.record.seq, done.state, done.holder) for done in answers} == {(2, "answering", COURT)}


@pytest.mark.slow
def test_copies_of_an_opening_at_once_are_one_matter(fresh_database: FreshDatabase) -> None:
    county = a_county()

    def send(_: int) -> str:
        try:
            return opened(county, key="k").matter
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(8)))) == 1
    assert issued(county, HOUSING, now=NOW)

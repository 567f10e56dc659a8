"""What acts leave in the outbox is told after their commit, to each organ once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, transaction
from tests.databases import FreshDatabase
from tests.suggestions import (
    COURT,
    HOUSING,
    LETTER,
    OFFICE,
    a_county,
    act,
    answer_of,
    at,
    drafted,
    issued,
    replying,
)

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.services import outbox
from fuyuantong.matters.services.outbox import deliver, send
from fuyuantong.matters.services.slips import Note, annotate
from fuyuantong.matters.session import acting

MONDAY = at("2026-08-03")


def told(uid: str) -> list[tuple[str, str]]:
    """Return who was told what about a matter, in order."""
    with transaction.atomic(), acting():
        found = Notice.objects.filter(matter_uid=uid).order_by("id").select_related("organ")
        return [(notice.organ.code, notice.text) for notice in found]


def waiting() -> int:
    """Return how many entries are not yet marked as sent."""
    with transaction.atomic(), acting():
        return Outbox.objects.filter(done_at=None).count()


@pytest.fixture
def send_all(db: None):
    """Return what sends all that stands in the outbox, sent before or not."""

    def now_send() -> None:
        with acting():
            send(list(Outbox.objects.order_by("id")), now=MONDAY)

    return now_send


def test_who_has_to_act_is_told_and_who_acted_is_not(send_all):
    uid = answer_of(issued(a_county(), now=MONDAY), HOUSING)
    send_all()

    assert told(uid) == [(HOUSING, "司法建议答复：待签收")]


def test_when_it_comes_back_the_other_side_is_told(send_all):
    county = a_county()
    uid = replying(county, now=MONDAY)
    act(county, uid, "misdirected", now=MONDAY, reason="该项职责已划转")
    send_all()

    assert told(uid)[-1] == (COURT, "司法建议答复：待法院核实")


def test_who_is_copied_is_told_too(send_all):
    county = a_county()
    uid = drafted(county, now=MONDAY)
    act(
        county,
        uid,
        "issue",
        now=MONDAY,
        receiver_organs=[HOUSING],
        reply_by="2026-09-30",
        **LETTER | {"copied": [OFFICE]},
    )
    send_all()

    assert told(uid) == [(OFFICE, "司法建议：各单位答复中")]


def test_who_is_urged_by_others_is_told(send_all):
    county = a_county()
    uid = replying(county, now=MONDAY)
    annotate(uid, Note.URGE, "请尽快答复。", by=county.by(COURT), now=MONDAY)
    send_all()

    assert told(uid)[-1] == (HOUSING, "司法建议答复：待书面答复")


def test_a_second_time_nobody_is_told_again(send_all):
    uid = answer_of(issued(a_county(), now=MONDAY), HOUSING)
    send_all()
    send_all()

    assert len(told(uid)) == 1


def test_a_state_that_a_newer_version_does_not_know_is_left_unnamed(send_all):
    uid = answer_of(issued(a_county(), now=MONDAY), HOUSING)
    with acting():
        entry = Outbox.objects.get(body__matter=uid)
        entry.body["state"] = "of-a-former-version"
        send([entry], now=MONDAY)

    assert told(uid) == [(HOUSING, "司法建议答复")]


@pytest.fixture
def suggestion(fresh_database: FreshDatabase) -> str:
    """Commit a suggestion of a county."""
    return issued(a_county(), now=MONDAY)


@pytest.fixture
def older(suggestion: str, fresh_database: FreshDatabase) -> Iterator[psycopg.Connection]:
    """Hold a transaction that writes and does not end, begun before what is sent."""
    with psycopg.connect(fresh_database.environment()["DATABASE_URL"]) as found:
        found.execute("SELECT pg_current_xact_id()")
        yield found


def test_what_is_sent_is_marked_and_not_sent_again(suggestion):
    assert deliver(now=MONDAY) == 3
    assert (deliver(now=MONDAY), waiting()) == (0, 0)
    assert told(answer_of(suggestion, HOUSING)) == [(HOUSING, "司法建议答复：待签收")]


def test_batches_leave_nothing_waiting(suggestion, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 1)

    assert (deliver(now=MONDAY), waiting()) == (3, 0)


def test_what_an_older_transaction_may_still_precede_waits_for_it(older, suggestion):
    deliver(now=MONDAY)
    with transaction.atomic(), acting():
        uid = Matter.objects.get(parent__uid=suggestion).uid
        Outbox.objects.create(target="record", body={"matter": str(uid), "holder": HOUSING}, created_at=MONDAY)

    assert (deliver(now=MONDAY), waiting()) == (0, 1)
    older.rollback()
    assert (deliver(now=MONDAY), waiting()) == (1, 0)


def test_two_workers_at_once_send_each_entry_once(suggestion, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 1)

    def worker(_: int) -> int:
        try:
            return deliver(now=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(worker, range(2))) == 3
    assert waiting() == 0


def test_nothing_is_sent_of_an_act_that_is_taken_back(suggestion):
    deliver(now=MONDAY)
    uid = answer_of(suggestion, HOUSING)
    with transaction.atomic():
        with acting():
            Outbox.objects.create(target="record", body={"matter": uid, "holder": COURT}, created_at=MONDAY)
        transaction.set_rollback(True)

    assert (deliver(now=MONDAY), len(told(uid))) == (0, 1)

"""Matters for tests of acts: mechanisms that use every word of the services, and a look at all that is stored."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from tests.suggestions import COURT, FORESTRY, HOUSING, County, standing

from fuyuantong import catalogue
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.acts import Done, Form, open_by_hand, perform
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.session import acting
from fuyuantong.protocol import (
    Await,
    Choice,
    Clock,
    Closing,
    Entry,
    File,
    Final,
    Json,
    Mechanism,
    Move,
    Opens,
    Organ,
    Organs,
    Request,
    Role,
    Rows,
    State,
    Tally,
    Text,
)
from fuyuantong.protocol.form import digest

MARKER = "410825199001011234"  # nobody's: what must not be found where secrets may not be

CLAIM = Mechanism(
    key="claim",
    title="协助核查",
    roles=(Role("asker", "求助单位"), Role("helper", "协助单位", via="field:helper_organ")),
    fields=(
        Organ("helper_organ", "协助单位"),
        Text("person", "当事人", secret=True),
        File("consent", "授权书", secret=True),
        Text("story", "经过"),
        Rows(
            "people",
            "相关人员",
            (
                Text("name", "姓名"),
                Text("number", "证件号码", secret=True),
                File("scan", "扫描件"),
                Text("phone", "电话", secret=True),
            ),
            later=("phone",),
        ),
        Rows("leads", "线索", (Text("lead", "线索"), Text("informant", "提供人", secret=True), Text("verdict", "核实")),
             identity=True, later=("verdict",), at_least=2),
        Text("reason", "理由"),
        Choice("passed", "转办", ("转", "不转")),
    ),
    clocks=(Clock("help", "协助核查", "house:sign-for"),),
    entries=(
        Entry("drafting", by="asker"),
        Entry("taken", by="asker", opened=True, carried=("asker", "helper_organ", "person")),
    ),
    states=(
        State(
            "drafting",
            "起草",
            holder="asker",
            unclocked="尚未发出",
            inner=True,
            moves=(
                Move("name", "记下当事人", to="drafting", asks=("person",), renews="可以改"),
                Move("send", "发出", to="helping", asks=("helper_organ", "person"), may_ask=("story", "consent", "people")),
                Move("drop", "作废", to="dropped", asks=("reason",)),
            ),
        ),
        State("taken", "已转来", holder="helper", judged_by="help", moves=(Move("end", "办结", to="done"),)),
        State(
            "helping",
            "协助中",
            holder="helper",
            judged_by="help",
            moves=(
                Move("list", "登记人员", to="helping", asks=("people",), renews="可以改"),
                Move("call", "补填电话", to="helping", asks=("people.phone",), renews="可以改"),
                Move("rename", "更换当事人", to="helping", asks=("person",), at_most=2),
                Move("watch", "转入观察", to="watching"),
                Move(
                    "finish",
                    "办结",
                    to="done",
                    asks=("passed",),
                    opens=(
                        Opens(
                            "claim",
                            "taken",
                            carry={"asker": "helper", "helper_organ": "asker", "person": "person"},
                        ),
                    ),
                ),
            ),
        ),
        State(
            "watching",
            "观察中",
            holder="helper",
            review="house:sign-for",
            moves=(Move("end", "办结", to="done"),),
        ),
        Final("done", "已办结", kind=Closing.ACCEPTED, by=("helper",)),
        Final("dropped", "已作废", kind=Closing.WITHDRAWN),
    ),
    requests=(
        Request("change", "请求更换当事人", by=("asker",), states=("helping",), asks=("person",), grants="rename"),
        Request("take_back", "收回", by=("asker",), states=("helping",), asks=("reason",), demand="dropped"),
        Request("tip", "补充线索", by=("asker",), states=("helping",), rows="leads"),
    ),
)  # fmt: skip

_ASKED = (Role("chair", "主持单位"), Role("asked", "被征询单位"))
_TEXT = Text("text", "文本")


def _voting(key: str, child: Mechanism, *, in_turn: bool) -> Await:
    return Await(
        key,
        "征询中",
        holder="chair",
        judged_by="poll",
        child=child,
        per="asked_organs",
        each="asked",
        carry={"text": "text"},
        text="text",
        in_turn=in_turn,
        ballot=(Tally("otherwise", to="done"),),
        moves=(
            Move("revise", "改文本", to=key, asks=("text",), renews="可以改"),
            Move("stop", "不再等待", to="done"),
        ),
    )


_OPINION = Mechanism(
    key="opinion",
    title="意见",
    roles=_ASKED,
    fields=(_TEXT,),
    clocks=(Clock("answer", "答复", "house:sign-for"),),
    entries=(Entry("asked", by="chair", opened=True, carried=("asked", "text")),),
    states=(
        State("asked", "待答复", holder="asked", judged_by="answer", moves=(Move("agree", "同意", to="agreed"),)),
        Final("agreed", "同意", kind=Closing.ACCEPTED, by=("asked",)),
        Final("recalled", "收回", kind=Closing.SUPERSEDED),
    ),
)

# asks one after the other; each of those asks others in turn, who answer at once
POLL = Mechanism(
    key="poll",
    title="逐级征询",
    roles=(Role("chair", "主持单位"),),
    fields=(_TEXT, Organs("asked_organs", "被征询单位")),
    clocks=(Clock("poll", "征询", "house:sign-for"),),
    entries=(Entry("planning", by="chair"),),
    states=(
        State("planning", "筹备", holder="chair", unclocked="尚未发出", inner=True, moves=(
            Move("ask", "逐家征询", to="in_turn", asks=("text", "asked_organs")),
            Move("ask_all", "同时征询", to="together", asks=("text", "asked_organs")),
        )),
        _voting("in_turn", _OPINION, in_turn=True),
        _voting("together", Mechanism(
            key="round",
            title="转征询",
            roles=_ASKED,
            fields=(_TEXT, Organs("asked_organs", "被征询单位")),
            clocks=(Clock("poll", "征询", "house:sign-for"),),
            entries=(Entry("passing", by="chair", opened=True, carried=("asked", "text")),),
            states=(
                State("passing", "待转", holder="asked", judged_by="poll", moves=(
                    Move("pass", "转征询", to="below", asks=("asked_organs",)),
                )),
                Await(
                    "below",
                    "下级征询中",
                    holder="asked",
                    judged_by="poll",
                    child=_OPINION,
                    per="asked_organs",
                    each="asked",
                    carry={"text": "text"},
                    ballot=(Tally("otherwise", to="agreed"),),
                    moves=(Move("stop", "不再等待", to="agreed"),),
                ),
                Final("agreed", "同意", kind=Closing.ACCEPTED, by=("asked",)),
                Final("recalled", "收回", kind=Closing.SUPERSEDED),
            ),
        ), in_turn=False),
        Final("done", "已结束", kind=Closing.DECIDED, by=("chair",)),
    ),
)  # fmt: skip


def in_the_catalogue(mechanism: Mechanism, monkeypatch: pytest.MonkeyPatch) -> Mechanism:
    """Let the catalogue know one more mechanism, unproved, for a test."""
    monkeypatch.setitem(catalogue.MECHANISMS, mechanism.key, mechanism)  # type: ignore[arg-type]
    monkeypatch.setitem(catalogue._LIBRARY.digests, mechanism.key, digest(mechanism))  # type: ignore[arg-type]
    return mechanism


def a_claim(county: County, *, now: datetime, **values: Json) -> str:
    """Begin a claim of the court and send it to the housing bureau; shape: its uid."""
    uid = open_by_hand("claim", "核查", by=county.by(COURT), now=now).matter
    given = {"helper_organ": HOUSING, "person": "甲某", **values}
    perform(uid, "send", by=county.by(COURT), now=now, form=Form(values=given))
    return uid


def a_poll(county: County, move: str, *, now: datetime) -> str:
    """Begin a poll of the court that asks both bureaus; shape: its uid."""
    uid = open_by_hand("poll", "征询", by=county.by(COURT), now=now).matter
    values: dict[str, Json] = {"text": "初稿", "asked_organs": [HOUSING, FORESTRY]}
    perform(uid, move, by=county.by(COURT), now=now, form=Form(values=values))
    return uid


def moved(county: County, uid: str, move: str, *, now: datetime, **values: Json) -> Done:
    """Let the holder make a move."""
    by = county.by(standing(uid).situation.holder)
    return perform(uid, move, by=by, now=now, form=Form(values=values))


def a_file(text: str, *, now: datetime) -> str:
    """Store a file; shape: its digest."""
    return store_file(text.encode(), mime="text/plain", now=now)


def children(uid: str) -> list[str]:
    """Return the children of a matter in the order in which they began."""
    with acting():
        return [
            str(child) for child in Matter.objects.filter(parent__uid=uid).order_by("pk").values_list("uid", flat=True)
        ]


def stored() -> dict[str, int]:
    """Count the rows of every table that an act may write."""
    with acting(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE nspname = 'public' AND relkind = 'r' AND has_table_privilege('app_engine', pg_class.oid, 'SELECT')"
        )
        tables = sorted(name for (name,) in cursor.fetchall())
        counted = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counted[table] = cursor.fetchone()[0]
        return counted


def places_of(text: str) -> list[str]:
    """Return every column of text, JSON or bytes in which a text stands as it is, in any row."""
    found = []
    with acting(), connection.cursor() as cursor:
        for table, column in _columns(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE position(%s IN "{table}"."{column}"::text) > 0'
                f' OR position(encode(%s, \'hex\') IN "{table}"."{column}"::text) > 0',
                [text, text.encode()],
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def _columns(cursor: CursorWrapper) -> Iterator[tuple[str, str]]:
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns JOIN pg_class ON relname = table_name"
        " WHERE table_schema = 'public' AND relkind IN ('r', 'p')"
        " AND data_type IN ('text', 'jsonb', 'json', 'bytea', 'ARRAY', 'character varying')"
        " AND has_table_privilege('app_engine', pg_class.oid, 'SELECT')"
    )
    yield from list(cursor.fetchall())

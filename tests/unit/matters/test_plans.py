"""No list reads a table from end to end: the plans at 200,000 matters, for a small organ, a large one and the office."""

import json
from datetime import date

import pytest
from django.db import connection
from tests.builders import NOW
from tests.bulk import fill

from fuyuantong.matters import ledger as lists
from fuyuantong.matters.ledger import Total, copied_to, counts, ledger, listed, sent_by, to_do, total
from fuyuantong.matters.ledger_query import Box, Filters, Keyset, Sort
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.queries import matter_page, trail
from fuyuantong.matters.sight import reading_as
from fuyuantong.organs.models import Account

pytestmark = pytest.mark.slow

LARGE_TABLES = {"matter", "matter_words", "sight", "record", "party"}
IN_MAY = {"due_from": date(2026, 5, 1), "due_to": date(2026, 5, 3)}
LISTS = {
    "all": ledger,
    "the next page": lambda reader: ledger(reader, after=Keyset(100_000)),
    "a mechanism": lambda reader: ledger(reader, filters=Filters(mechanism="kind-3")),
    "a rare mechanism": lambda reader: ledger(reader, filters=Filters(mechanism="rare")),
    "a state": lambda reader: ledger(reader, filters=Filters(mechanism="kind-3", state="closed")),
    "what is open": lambda reader: ledger(reader, filters=Filters(phase=Phase.OPEN)),
    "a holder": lambda reader: ledger(reader, filters=Filters(holder=1500)),
    "a town": lambda reader: ledger(reader, filters=Filters(region="410825003")),
    "a due range": lambda reader: ledger(reader, filters=Filters(**IN_MAY)),
    "by due date": lambda reader: ledger(reader, sort=Sort.DUE),
    "by due date, further on": lambda reader: ledger(reader, sort=Sort.DUE, after=Keyset(5, date(2026, 5, 1))),
    "the undated": lambda reader: ledger(reader, sort=Sort.DUE, after=Keyset(5)),
    "rare words": lambda reader: ledger(reader, filters=Filters(text="紧急司法")),
    "common words": lambda reader: ledger(reader, filters=Filters(text="司法建议")),
    "an organ's name": lambda reader: ledger(reader, filters=Filters(text="单位1500")),
    "how many of a common word": lambda reader: total(reader, filters=Filters(text="司法建议")),
    "a common word and a rare one": lambda reader: ledger(reader, filters=Filters(text="司法建议 紧急")),
    "the page before": lambda reader: ledger(reader, after=Keyset(100_000, backward=True)),
    "the page before, by due date": lambda reader: ledger(
        reader, sort=Sort.DUE, after=Keyset(5, date(2026, 5, 1), backward=True)
    ),
    "to do, the newest": lambda reader: listed(reader, box=Box.TO_DO, sort=Sort.OPENED),
    "sent, by due date": lambda reader: listed(reader, box=Box.SENT, sort=Sort.DUE),
    "copied, by due date": lambda reader: listed(reader, box=Box.COPIED, sort=Sort.DUE),
    "to do": to_do,
    "sent": sent_by,
    "copied": copied_to,
    "how many": total,
    "how many are open": lambda reader: total(reader, filters=Filters(phase=Phase.OPEN)),
    "how many of a mechanism": lambda reader: total(reader, filters=Filters(mechanism="rare")),
    "how many due": lambda reader: total(reader, filters=Filters(**IN_MAY)),
    "how many copies": lambda reader: total(reader, box=Box.COPIED),
    "the home page": counts,
}


@pytest.fixture(scope="module")
def crowd(databases, django_db_blocker):
    with django_db_blocker.unblock(), databases.fresh() as database:
        with databases.server.cluster.connect(database=database.name) as owner:
            people = fill(owner)
        yield people


@pytest.fixture
def statements(monkeypatch):
    """Gather each statement that a list runs, and run it."""
    run, gathered = lists._rows, []
    monkeypatch.setattr(lists, "_rows", lambda statement: gathered.append(statement) or run(statement))
    return gathered


def plan_of(statement):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.sql}", statement.values)
        (plan,) = cursor.fetchone()
    return json.loads(plan) if isinstance(plan, str) else plan


def nodes(plan):
    for part in plan if isinstance(plan, list) else [*plan.get("Plans", []), plan.get("Plan")]:
        if part:
            yield part
            yield from nodes(part)


def faults(statement):
    for node in nodes(plan_of(statement)):
        if node.get("Node Type") == "Seq Scan" and node.get("Relation Name") in LARGE_TABLES:
            yield f"Seq Scan on {node['Relation Name']}: {statement.sql}"
        if "hashed SubPlan" in json.dumps({key: value for key, value in node.items() if key != "Plans"}):
            yield f"hashed SubPlan: {statement.sql}"


@pytest.mark.parametrize("person", ["small", "large", "office"])
@pytest.mark.parametrize("list_of", LISTS.values(), ids=LISTS)
def test_a_list_is_read_by_indexes(crowd, statements, person, list_of):
    with reading_as(Account.objects.get(username=getattr(crowd, person)), at=NOW) as reader:
        list_of(reader)

        assert [fault for statement in list(statements) for fault in faults(statement)] == []
    assert statements


@pytest.mark.parametrize(("person", "seen"), [("small", Total(60)), ("large", Total(10_000, more=True))])
def test_the_crowd_is_of_the_size_that_the_plans_are_for(crowd, person, seen):
    with reading_as(Account.objects.get(username=getattr(crowd, person)), at=NOW) as reader:
        assert total(reader) == seen


@pytest.mark.parametrize("read", [matter_page, trail])
def test_a_single_matter_is_read_by_indexes(crowd, read, django_assert_max_num_queries):
    with reading_as(Account.objects.get(username=crowd.large), at=NOW) as reader:
        uid = Matter.objects.order_by("-id").values_list("uid", flat=True).first()
        with django_assert_max_num_queries(8) as captured:
            read(reader, uid)
        for query in captured.captured_queries:
            assert "Seq Scan on record" not in explained(query["sql"])
            assert "Seq Scan on matter" not in explained(query["sql"])


def explained(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())

"""List pages of the desk, with login, rights and frame, beside a bare Django list page over the same rows."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from uuid import UUID

import psycopg
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import Client
from tests.bench.county import a_county
from tests.bulk import fill
from tests.databases import Databases

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account

ROUNDS = 40
PAGES = {
    "工作台": "/",
    "台账": "/ledger",
    "台账，按期限": "/ledger?sort=due",
    "台账，三个条件": "/ledger?mechanism=kind-3&state=kind-3:replying&phase=0",
    "搜索，常见的词": "/search?q=工资支付",
    "搜索，少见的词": "/search?q=紧急司法",
}
BARE = Engine().from_string(
    "<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td><td>{{ row.state }}</td>"
    '<td>{{ row.holder.code }}</td><td>{{ row.due_on|date:"Y-m-d" }}</td><td>{{ row.opened_at|date:"Y-m-d" }}</td></tr>'
    "{% endfor %}</table>"
)
# rows were given their ids; what comes after must not take them again
_SERIALS = """
    SELECT setval(pg_get_serial_sequence(name, 'id'), 1000000)
    FROM unnest(ARRAY['organ', 'organ_relation', 'scope', 'account', 'post', 'tenure', 'matter']) AS name
"""


def table(databases: Databases, *, matters: int) -> str:
    """Fill an empty database with that many matters and return what each page costs its server."""
    with databases.server.cluster.connect(database=databases.in_use) as owner:
        crowd = fill(owner, matters=matters)
        owner.execute(_SERIALS)
        with _one_office(owner):
            real = _matter_page()
    ways: dict[str, Callable[[], HttpResponse]] = {"裸 Django 列表页，三个条件": _bare}
    for who in (crowd.large, crowd.office):
        ways |= {f"{title}（{who}）": _page(who, address) for title, address in PAGES.items()}
    ways |= real
    lines = [f"{matters:,} 件时的页面（毫秒，一个进程）", "     p50     p95  每秒页数    KB  页面"]
    times = _in_turn(ways)
    for title, taken in times.items():
        p50, p95 = quantiles(taken, n=20)[9], quantiles(taken, n=20)[18]
        size = len(ways[title]().content) / 1024
        lines.append(f"{p50:>8.1f}{p95:>8.1f}{len(taken) * 1000 / sum(taken):>10.0f}{size:>6.0f}  {title}")
    return "\n".join(lines)


@contextmanager
def _one_office(owner: psycopg.Connection) -> Iterator[None]:
    """Let the demo county's office be the only one of its region for a while: a real matter must know which."""
    owner.execute("SET session_replication_role = replica")
    owner.execute("CREATE TEMPORARY TABLE offices AS SELECT * FROM organ_relation WHERE relation = 'office_of'")
    owner.execute("DELETE FROM organ_relation WHERE relation = 'office_of'")
    yield
    owner.execute("INSERT INTO organ_relation SELECT * FROM offices ON CONFLICT DO NOTHING")


def _in_turn(ways: dict[str, Callable[[], HttpResponse]]) -> dict[str, list[float]]:
    """Return the milliseconds of each way, all taken in turn so that a noisy neighbour meets them all."""
    for way in ways.values():
        assert way().status_code == 200
    times: dict[str, list[float]] = {title: [] for title in ways}
    for _ in range(ROUNDS):
        for title, way in ways.items():
            began = time.perf_counter()
            way()
            times[title].append((time.perf_counter() - began) * 1000)
    return times


def _page(who: str, address: str) -> Callable[[], HttpResponse]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.get(username=who))
    return lambda: client.get(address)


def _matter_page() -> dict[str, Callable[[], HttpResponse]]:
    """Return the page of one real matter among the many, as its holder sees it."""
    county = a_county()
    uid = UUID(county.at_work(1)[0])
    with acting():
        holder = Matter.objects.get(uid=uid).holder
    handler = Account.objects.filter(tenures__post__organ=holder, tenures__post__kind="handler").first()
    assert handler is not None
    return {"事项（经办人）": _page(handler.username, f"/matter/{uid}")}


def _bare() -> HttpResponse:
    """Answer as a plain Django view does: one query with its joins, one template, no login, no rights."""
    with acting():
        found = Matter.objects.filter(mechanism="kind-3", state="replying", phase=0)
        rows = found.select_related("holder", "initiator").order_by("-id")[:50]
        return HttpResponse(BARE.render(Context({"rows": rows})))

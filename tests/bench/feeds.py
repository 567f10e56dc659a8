"""Feeding the register of cases beside bare COPY of the same cells, and what it holds in memory."""

import csv
import io
import tracemalloc
from datetime import datetime

from django.db import connection, transaction
from tests.bench.spending import spent

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.session import acting
from fuyuantong.organs.queries import account_by_username
from fuyuantong.registers.cases.columns import BY_HEAD, COLUMNS
from fuyuantong.registers.cases.models.feed import Feed
from fuyuantong.registers.cases.services.feeding import bring_feed, confirm_feed, throw_away
from fuyuantong.registers.cases.staging import columns_of, copy_in, read_rows
from fuyuantong.tables.files import lines_of

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=SHANGHAI)
SIZES = (1_000, 100_000)
DEFENDANTS = ("县公安局", "县自然资源局；县政府", "县人社局", "祥云镇；县政府", "邻县某局")


def table() -> str:
    """Return rows a second, the ratio to COPY and the peak memory, for each size."""
    return "\n".join(
        (
            f"案件导入（CSV，{len(COLUMNS)} 列）",
            *(_line(rows, year) for year, rows in zip((2024, 2025), SIZES, strict=True)),
        )
    )


def _line(rows: int, year: int) -> str:
    content = a_file(rows, year=year)
    by = By(account_by_username("court.handler"), "410825-court")
    bare = spent(lambda: _bare_copy(content))
    peak = _peak(content)
    looked = spent(lambda: bring_feed(io.BytesIO(content), "案件.csv", by=by, now=NOW))
    with acting():
        feed = Feed.objects.get(taken_at=None)
    taken = spent(lambda: confirm_feed(feed, by=by, now=NOW))
    again = spent(lambda: throw_away(bring_feed(io.BytesIO(content), "案件.csv", by=by, now=NOW), by=by, now=NOW))
    return (
        f"  {rows:>7,} 行：读取并核对 {rows / looked:,.0f} 行/秒，写入 {rows / taken:,.0f} 行/秒，"
        f"合计 {rows / (looked + taken):,.0f} 行/秒（每核，客户端与数据库合计）；为裸 COPY 的 {(looked + taken) / bare:.1f} 倍"
        f"（{rows / bare:,.0f} 行/秒）；同一文件再核对 {rows / again:,.0f} 行/秒；Python 峰值内存 {peak / 2**20:.1f} MB"
    )


def a_file(rows: int, *, year: int) -> bytes:
    """Return a CSV file of cases that never were."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.title for column in COLUMNS])
    for number in range(1, rows + 1):
        month, day = number % 12 + 1, number % 28 + 1
        cells = {
            "number": f"（{year}）豫0825行初{number}号",
            "cause": ("行政处罚", "政府信息公开", "行政征收")[number % 3],
            "act_kind": "行政处罚",
            "plaintiffs": f"甲某{number}；乙某",
            "defendants": DEFENDANTS[number % len(DEFENDANTS)],
            "filed_on": f"{year}-01-{day:02}",
            "served": f"{year}-01-{day:02}",
            "answered": f"{year}-02-{day:02}",
            "hearings": f"{year}-03-{day:02}；{year}-04-{day:02}",
            "heads": "出庭",
            "decided_on": f"{year}-{month:02}-28" if month > 4 else "",
            "outcome": "判决驳回诉讼请求" if month > 4 else "",
            "disclosed": "是",
        }
        writer.writerow([cells.get(column.key, "") for column in COLUMNS])
    return text.getvalue().encode()


def _bare_copy(content: bytes) -> None:
    columns = ", ".join(f"c{place} text" for place in range(len(COLUMNS)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns}) ON COMMIT DROP")
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(content)


def _peak(content: bytes) -> int:
    """Return what reading a file holds at most beside the file itself."""
    file = io.BytesIO(content)
    tracemalloc.start()
    with transaction.atomic():
        lines = lines_of(file, known=BY_HEAD)
        copy_in(read_rows(lines.rows, columns_of(lines.heads), today=NOW.date()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak

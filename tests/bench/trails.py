"""Verifying trails beside bare SM3 over the same bytes, and a situation by fold beside the row that keeps it."""

from collections.abc import Callable, Sequence

from tests.bench.county import County
from tests.bench.spending import spent

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import chain_break, folded, lines_of, records_of, verify
from fuyuantong.matters.verification import verify_some
from fuyuantong.seal.canonical import canonical, spelling
from fuyuantong.seal.digest import sm3

ROUNDS = 5
MEASURED = 0.3  # seconds for which each way is gone in each round
ORDINARY = range(2, 31)  # records of a matter as offices have them


def table(county: County) -> str:
    """Return what verification and folding cost, each beside its floor, for ordinary trails and for the longest one."""
    county.play_all()
    with acting():
        rows = list(Matter.objects.order_by("seq"))
        ordinary = [row for row in rows if row.seq in ORDINARY]
        longest = next(row for row in reversed(rows) if not verify(row))  # no chain holds that was written bare
        return "\n".join((*_lines(f"{len(ordinary)} 件普通事项", ordinary), *_lines("最长一件", [longest])))


def _lines(title: str, rows: Sequence[Matter]) -> tuple[str, ...]:
    ids = [row.pk for row in rows]
    bodies = [record.body() for row in rows for record in records_of(row)]
    spelled = [bytes(32) + canonical(body) for body in bodies]
    chaining, holding, digesting, checking, spelt, folding, reading = _best(
        lambda: _chained(rows),
        lambda: verify_some([str(row.uid) for row in rows]),
        lambda: [sm3(data) for data in spelled],
        lambda: [canonical(body) for body in bodies],
        lambda: [spelling(body) for body in bodies],
        lambda: [folded(row) for row in rows],
        lambda: [situation_of(row) for row in Matter.objects.filter(pk__in=ids)],
    )
    count = len(spelled)
    return (
        f"{title}：{count} 条记录，平均 {sum(map(len, spelled)) / count:.0f} 字节",
        f"  校验记录链 / 裸 SM3：{chaining / digesting:.2f} 倍（每条 {chaining / count * 1e6:.0f} µs）",
        f"  全部核对（fyt trail verify）/ 裸 SM3：{holding / digesting:.2f} 倍（每条 {holding / count * 1e6:.0f} µs）",
        f"  只拼写规范形式 / 裸 SM3：{spelt / digesting:.2f} 倍；逐项检查 / 只拼写：{checking / spelt:.2f} 倍",
        f"  由记录折叠出现状 / 读取现状行：{folding / reading:.2f} 倍（每件 {folding / len(rows) * 1e6:.0f} µs）",
    )


def _chained(rows: Sequence[Matter]) -> None:
    lines = lines_of([row.pk for row in rows])
    assert not any(chain_break(lines[row.pk], uid=str(row.uid), head=bytes(row.head)) for row in rows)


def _best(*ways: Callable[[], object]) -> list[float]:
    """Return the least cost of each way, taken in turn so that a noisy neighbour meets them all."""
    # the kernel counts a server's time in hundredths of a second: each way is gone often enough to tell
    often = [max(1, round(MEASURED / spent(way))) for way in ways]
    rounds = [[spent(way, times=times) for way, times in zip(ways, often, strict=True)] for _ in range(ROUNDS)]
    return [min(costs) for costs in zip(*rounds, strict=True)]

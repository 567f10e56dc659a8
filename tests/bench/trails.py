"""Verifying trails beside bare SM3 over the same bytes, and a situation by fold beside the row that keeps it."""

import time
from collections.abc import Callable

from tests.bench.county import County

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, records_of, verify
from fuyuantong.seal.canonical import canonical, spelling
from fuyuantong.seal.digest import sm3

ROUNDS = 5


def table(county: County) -> str:
    """Return what verification and folding cost, each beside its floor."""
    county.play_all()
    with acting():
        rows = list(Matter.objects.all())
        bodies = [record.body() for row in rows for record in records_of(row)]
        spelled = [bytes(32) + canonical(body) for body in bodies]
        verifying, digesting, checking, spelt, folding, reading = _best(
            lambda: [verify(row) for row in rows],
            lambda: [sm3(data) for data in spelled],
            lambda: [canonical(body) for body in bodies],
            lambda: [spelling(body) for body in bodies],
            lambda: [folded(row) for row in rows],
            lambda: [situation_of(row) for row in Matter.objects.all()],
        )
    size = sum(map(len, spelled)) / len(spelled)
    return "\n".join(
        (
            f"{len(rows)} 件事项，{len(spelled)} 条记录，平均 {size:.0f} 字节",
            f"校验全部记录链 / 裸 SM3：{verifying / digesting:.2f} 倍（每条 {verifying / len(spelled) * 1e6:.0f} µs）",
            f"规范形式（逐项检查）/ 只拼写：{checking / spelt:.2f} 倍",
            f"由记录折叠出现状 / 读取现状行：{folding / reading:.2f} 倍（每件 {folding / len(rows) * 1e6:.0f} µs）",
        )
    )


def _best(*ways: Callable[[], object]) -> list[float]:
    """Return the least time of each way, taken in turn so that a noisy neighbour meets them all."""
    times = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            began = time.perf_counter()
            way()
            times[place] = min(times[place], time.perf_counter() - began)
    return times

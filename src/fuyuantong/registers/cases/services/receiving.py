"""Taking what a court's own system sends: whole or not at all, and the same request once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from fuyuantong.matters.services.actors import By
from fuyuantong.matters.session import one_act
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.lines import Sent
from fuyuantong.registers.cases.models.feed import Feed, FeedAnswer, FeedToken
from fuyuantong.registers.cases.services.feeding import FaultyFeed, bring_sent, confirm_feed, throw_away
from fuyuantong.registers.cases.staging import CellFault, counts_of, faults_of
from fuyuantong.registers.cases.taking import wait_for_turn

MOST_FAULTS: Final = 1_000
LONGEST_KEY: Final = 200
VERDICTS: Final = ("new", "changed", "same", "faulty", "reopens", "contradicts")


class KeyUsed(Refusal):
    """A key that stood for another request."""

    key = "key-used"
    title = "幂等键已用于另一份内容"


class KeyMissing(Refusal):
    """No key, or one that is too long to be kept."""

    key = "key-missing"
    title = "缺少幂等键"


class FaultyRows(FaultyFeed):
    """Rows with faults, each with its cell; nothing was taken."""

    def __init__(self, counts: dict[str, int], faults: list[CellFault]) -> None:
        super().__init__(
            f"{counts['faulty']} 行有误，未登记任何案件",
            remedy="请更正后重新发送，或者加 good_rows=1 只登记无误的行。",
            field="body",
        )
        self.counts, self.faults = counts, faults


def receive(
    readline: Callable[[int], bytes],
    *,
    token: FeedToken,
    key: str,
    good_only: bool = False,
    reopen: bool = False,
    override: bool = False,
    now: datetime,
) -> dict[str, Any]:
    """
    Read statements, judge them as a file is judged, and take them; answer a key that was answered as before.

    Raises: `KeyMissing`, `KeyUsed`, `FaultyRows`, `BadLine`, `TooMuch`, and what `bring_feed` and `confirm_feed` refuse.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise KeyMissing("没有 Idempotency-Key，或者超过 200 字", remedy="请为每一批写一个不重复的键。", field="key")
    by = By(token.account, token.organ.code)
    with one_act():
        feed = bring_sent(Sent(readline), token.label, by=by, now=now)
        wait_for_turn()  # the same request sent twice at once is taken by one of them
        if answered := FeedAnswer.objects.filter(token=token, key=key).first():
            throw_away(feed, by=by, now=now)
            return _again(answered, feed)
        counts = _counts(feed)
        if counts["faulty"] and not good_only:
            raise FaultyRows(counts, faults_of(feed.pk, most=MOST_FAULTS))  # takes back what was brought in
        faults = faults_of(feed.pk, most=MOST_FAULTS)
        done = confirm_feed(feed, good_only=good_only, reopen=reopen, override=override, by=by, now=now)
        body = {
            "feed": str(feed.pk),
            "rows": feed.rows,
            **counts,
            "taken": done.taken,
            "unknown": feed.unknown_heads,
            "faults": told(faults),
        }
        FeedAnswer.objects.create(token=token, key=key, request_digest=feed.file_digest, body=body, answered_at=now)
    return body


def told(faults: list[CellFault]) -> list[dict[str, Any]]:
    """Return faults as data, by row and column."""
    return [{"row": fault.row, "column": fault.title, "detail": fault.detail} for fault in faults]


def _counts(feed: Feed) -> dict[str, int]:
    counts = counts_of(feed.pk)
    return {verdict: counts.get(verdict, 0) for verdict in VERDICTS}


def _again(answered: FeedAnswer, feed: Feed) -> dict[str, Any]:
    if answered.request_digest != feed.file_digest:
        raise KeyUsed(
            f"键“{answered.key}”已于 {answered.answered_at:%Y-%m-%d %H:%M} 用过", remedy="请换一个键发送。", field="key"
        )
    return {**answered.body, "again": True}

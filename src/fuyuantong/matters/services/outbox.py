"""Sending what acts left in the outbox: after their commit, at least once, and without effect a second time."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction

from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ

BATCH = 200

# ids are given before the commit, so a later id may be seen earlier: only what no running transaction can precede
_READY = "xid < pg_snapshot_xmin(pg_current_snapshot())"


def deliver(*, now: datetime) -> int:
    """Send everything that waits, batch by batch. Shape: how many were sent."""
    sent = 0
    while batch := _deliver_batch(now):
        sent += batch
    return sent


@transaction.atomic
def _deliver_batch(now: datetime) -> int:
    with acting():
        waiting = Outbox.objects.filter(done_at=None).extra(where=[_READY]).order_by("id")
        batch = list(waiting.select_for_update(skip_locked=True)[:BATCH])
        send(batch, now=now)
        mark_sent(batch, now=now)
    return len(batch)


def send(batch: Collection[Outbox], *, now: datetime) -> None:
    """Tell every organ concerned; told before, it is not told again."""
    codes = {code for entry in batch for code in _concerned(entry)}
    organs = {organ.code: organ for organ in Organ.objects.filter(code__in=codes)}
    texts = dict(_texts(batch))
    notices = [
        Notice(
            outbox_id=entry.pk,
            organ=organs[code],
            matter_uid=entry.body.get("matter"),
            kind=entry.target,
            text=texts[entry.pk],
            urgent=entry.body.get("urgent") is True,
            created_at=now,
        )
        for entry in batch
        for code in sorted(_concerned(entry))
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def mark_sent(batch: Collection[Outbox], *, now: datetime) -> None:
    """Mark what was sent."""
    Outbox.objects.filter(pk__in=[entry.pk for entry in batch]).update(done_at=now)


def _concerned(entry: Outbox) -> set[str]:
    """Return the organs to tell: who holds and who is copied, not who acted; of a rung its own entry tells."""
    body = entry.body
    if str(body.get("act", "")).startswith("note:") and not body["from"]:
        return set()
    return {body["holder"], *body.get("copies", ())} - {body.get("from"), ""}


def _texts(batch: Collection[Outbox]) -> Iterator[tuple[int, str]]:
    """Yield a neutral line for each entry: the kind of matter and its state, never its contents; else what it says."""
    wanted = {entry.body["matter"] for entry in batch if "matter" in entry.body}
    rows = {str(row.uid): row for row in Matter.objects.only("uid", "mechanism", "declaration").filter(uid__in=wanted)}
    for entry in batch:
        if "matter" not in entry.body:
            yield entry.pk, entry.body["text"]
            continue
        row = rows[entry.body["matter"]]
        mechanism = declared(row.mechanism, row.declaration_id)
        # a state that a newer version no longer knows goes without its name
        states = {state.key: f"：{state.title}" for state in mechanism.states}
        yield entry.pk, entry.body.get("text") or mechanism.title + states.get(entry.body.get("state"), "")

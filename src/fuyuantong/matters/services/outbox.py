"""Sending what acts left in the outbox: after their commit, at least once, and without effect a second time."""

from collections.abc import Iterable
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


def send(batch: Iterable[Outbox], *, now: datetime) -> None:
    """Tell every organ concerned; told before, it is not told again."""
    notices = [notice for entry in batch for notice in _notices(entry, now)]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def mark_sent(batch: Iterable[Outbox], *, now: datetime) -> None:
    """Mark what was sent."""
    Outbox.objects.filter(pk__in=[entry.pk for entry in batch]).update(done_at=now)


def _notices(entry: Outbox, now: datetime) -> Iterable[Notice]:
    body = entry.body
    codes = {body["holder"], *body.get("copies", ())} - {body.get("from"), ""}
    if not codes:
        return
    text = body.get("text") or _text(body)
    for organ in Organ.objects.filter(code__in=codes):
        yield Notice(
            outbox_id=entry.pk, organ=organ, matter_uid=body["matter"], kind=entry.target, text=text, created_at=now
        )


def _text(body: dict[str, str]) -> str:
    """Return a neutral line: the kind of matter and its state, never its contents."""
    row = Matter.objects.only("mechanism", "declaration").get(uid=body["matter"])
    mechanism = declared(row.mechanism, row.declaration_id)
    return f"{mechanism.title}：{mechanism.state(body['state']).title}"

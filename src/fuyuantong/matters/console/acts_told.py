"""Acts as data and as lines: who, for which organ, did what, where the matter is now, who holds it, until when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from fuyuantong.matters.console.columns import aligned
from fuyuantong.matters.console.labels import OrganNames
from fuyuantong.matters.console.matter_lines import actor, minute
from fuyuantong.matters.console.record_told import record_told
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.session import acting

SHORT_DIGEST = 12
OWN = "xid = pg_current_xact_id()"  # what others write meanwhile is not told

Told = Mapping[str, Any]


class Watcher:
    """See what this transaction writes from now on: every record of every matter, as it is when one looks."""

    def __init__(self, names: OrganNames) -> None:
        self.names = names
        self._seen: list[dict[str, Any]] = []
        with acting():
            self._last = Outbox.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def look(self) -> None:
        """See what was written since the last look."""
        with acting():
            entries = list(Outbox.objects.filter(id__gt=self._last, target="record").extra(where=[OWN]).order_by("id"))
            uids = {entry.body["matter"] for entry in entries}
            rows = {str(row.uid): row for row in Matter.objects.filter(uid__in=uids)}
            written = Q()
            for entry in entries:
                written |= Q(matter=rows[entry.body["matter"]], seq=entry.body["seq"])
            found = Record.objects.filter(written, matter__in=rows.values())
            records = {(record.matter_id, record.seq): record for record in found}
        for entry in entries:
            self._last = entry.pk
            row = rows[entry.body["matter"]]
            self._seen.append(_told(entry.body, row, records[row.pk, entry.body["seq"]], self.names))

    def seen_so_far(self) -> list[dict[str, Any]]:
        """Return what was seen since this was last asked, in order."""
        seen, self._seen = self._seen, []
        return seen


def act_lines(told: Iterable[Told]) -> list[str]:
    """Return acts one below the other."""
    return aligned(_columns(told), indent=4)


def outcome_lines(told: Sequence[Told], uid: str) -> Iterator[str]:
    """Yield what one act brought about: the act itself, where its matter is now, and what it set going elsewhere."""
    own = [act for act in told if act["matter"] == uid]
    first, last = own[0], own[-1]
    yield f"已办理：{first['title']}（第 {first['seq']} 号记录，摘要 {first['digest'][:SHORT_DIGEST]}）"
    due = f"，{last['due_on']} 届满" if last["due_on"] else ""
    standing = f"由{last['holder_name']}办理{due}" if last["is_open"] else "已办结"
    rows = [("事项", " ".join(part for part in (last["number"], last["name"]) if part)), ("编号", uid)]
    yield from aligned([*rows, ("现状", f"{last['state_title']}，{standing}")])
    others = [act for act in told if act is not first]
    if others:
        yield "随之发生："
        yield from act_lines(others)


def _told(body: Mapping[str, Any], row: Matter, record: Record, names: OrganNames) -> dict[str, Any]:
    mechanism = declared(row.mechanism, row.declaration_id)
    is_last = record.seq == row.seq
    return {
        **record_told(mechanism, record, names),
        "matter": body["matter"],
        "mechanism": mechanism.title,
        "name": row.title,
        "number": row.number,
        "is_child": row.parent_id is not None,
        "holder": body["holder"],
        "holder_name": names[body["holder"]],
        "is_open": not record.resolved.get("closed"),
        "due_on": row.due_on.isoformat() if is_last and row.due_on else None,
    }


def _columns(told: Iterable[Told]) -> Iterator[Sequence[str]]:
    for act in told:
        yield (
            minute(act["at"]),
            f"{'└ ' if act['is_child'] else ''}{act['mechanism']}",
            actor(act),
            act["account"],
            act["title"],
            f"→ {act['state_title']}",
            f"由{act['holder_name']}办理" if act["is_open"] else "",
            f"{act['due_on']} 届满" if act["due_on"] else "",
        )

"""What must hold after every fault: nothing acknowledged lost, nothing half, rows as the trails tell them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from tests.faults.client import answered, lines

from fuyuantong.matters.models.clock import Clock, ClockState
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.link import Link
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.number import NumberTaken, Serial
from fuyuantong.matters.models.outbox import Idempotency, Outbox
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.parties import refresh_sight
from fuyuantong.matters.services.files import path_of
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, verify
from fuyuantong.protocol.fold import Situation
from fuyuantong.seal.digest import sm3


@dataclass
class Auditor:
    """Look at everything that changed since the last look."""

    heads: dict[int, bytes] = field(default_factory=dict)
    files: set[bytes] = field(default_factory=set)

    def look(self, journal: Path) -> None:
        """Assert that all is sound."""
        with transaction.atomic(), acting():
            rows = [row for row in Matter.objects.order_by("pk") if self.heads.get(row.pk) != bytes(row.head)]
            for row in rows:
                _trail_is_sound(row)
            _answers_stand(journal)
            _words_are_left(row.pk for row in rows)
            _numbers_are_gapless()
            self._files_are_whole()
            if rows:
                day = Record.objects.latest("recorded_at").effective_on
                assert refresh_sight(on=day) == 0
            self.heads |= {row.pk: bytes(row.head) for row in rows}

    def _files_are_whole(self) -> None:
        for digest in Attachment.objects.values_list("blob_id", flat=True).distinct():
            if bytes(digest) not in self.files:
                with default_storage.open(path_of(bytes(digest).hex())) as stored:
                    assert sm3(stored.read()) == bytes(digest)
                self.files.add(bytes(digest))


def _trail_is_sound(row: Matter) -> None:
    assert verify(row) is None
    situation = folded(row)
    assert situation == situation_of(row)
    assert (row.state, row.seq, row.stay_seq) == (situation.state, situation.seq, situation.stay_seq)
    assert (row.holder.code, row.number, row.closed_kind) == (situation.holder, situation.number, situation.closed)
    assert (row.phase == Phase.CLOSED) == bool(situation.closed)
    _clocks_are_as_told(row, situation)
    _others_are_begun(row)


def _clocks_are_as_told(row: Matter, situation: Situation) -> None:
    kept = {(clock.name, clock.lap): clock for clock in Clock.objects.filter(matter=row)}
    assert {name for name, _ in kept} == set(situation.clocks)
    for key, standing in situation.clocks.items():
        clock = kept[key, standing.lap]
        assert clock.due_on == standing.due_on
        assert (clock.state == ClockState.ENDED) == (not standing.running)


def _others_are_begun(row: Matter) -> None:
    """Hold what records say of children and openings against the matters there are."""
    told = Record.objects.filter(matter=row).values_list("resolved", flat=True)
    for resolved in told:
        for entry in (*resolved.get("children", ()), *resolved.get("opened", ())):
            assert Matter.objects.filter(uid=entry["uid"]).exists()
            assert Link.objects.filter(from_uid=row.uid, to_uid=entry["uid"]).exists()
        for uid, ending in resolved.get("ended", {}).items():
            assert Matter.objects.get(uid=uid).state == ending


def _answers_stand(journal: Path) -> None:
    """Hold the client's journal against the database: each answer stands, each request has one record at most."""
    asked = {line["asked"]["key"] for line in lines(journal) if "asked" in line}
    given = answered(journal)
    assert len({answer["key"] for answer in given}) == len(given)
    kept = {one.key: (str(one.matter.uid), one.seq) for one in Idempotency.objects.select_related("matter")}
    assert kept.keys() <= asked
    assert {answer["key"]: (answer["matter"], answer["seq"]) for answer in given}.items() <= kept.items()
    acts = {(str(record.matter.uid), record.seq): record.move for record in _records_of_people()}
    assert acts.keys() == set(kept.values())
    assert all(acts[answer["matter"], answer["seq"]] == answer["act"] for answer in given)


def _records_of_people() -> Iterable[Record]:
    return Record.objects.exclude(account="").select_related("matter").only("matter__uid", "seq", "move")


def _words_are_left(matters: Iterable[int]) -> None:
    """Hold the outbox against the records: one entry for each, and none for what was taken back."""
    rows = Record.objects.filter(matter__in=list(matters)).select_related("matter").only("matter__uid", "seq")
    records = sorted((str(row.matter.uid), row.seq) for row in rows)
    uids = {uid for uid, _ in records}
    bodies = Outbox.objects.filter(target="record", body__matter__in=uids).values_list("body", flat=True)
    assert sorted((body["matter"], body["seq"]) for body in bodies) == records


def _numbers_are_gapless() -> None:
    for serial in Serial.objects.all():
        taken = NumberTaken.objects.filter(organ=serial.organ_id, kind=serial.kind, year=serial.year)
        assert sorted(taken.values_list("serial", flat=True)) == list(range(1, serial.next))

"""A row says in a log or a shell which one it is."""

import pytest

from fuyuantong.matters.models.clock import Clock, Deferred, Rung
from fuyuantong.matters.models.declaration import Declaration
from fuyuantong.matters.models.file import Attachment, Blob
from fuyuantong.matters.models.fund import Fund, FundEntry
from fuyuantong.matters.models.link import Link
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.number import Claim, NumberTaken, Serial
from fuyuantong.matters.models.outbox import Idempotency, Outbox
from fuyuantong.matters.models.party import Party, Sight
from fuyuantong.matters.models.record import InnerRecord, Record
from fuyuantong.matters.models.row import MatterRow
from fuyuantong.matters.models.secret import Blind, ReadingLog, Secret
from fuyuantong.matters.models.slip import Slip


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (Matter(title="关于规范的函"), "关于规范的函"),
        (Matter(title="关于规范的函", number="温法建〔2026〕1号"), "温法建〔2026〕1号"),
        (Party(matter_id=1, role="receiver", organ_id=2), "1 receiver 2"),
        (Sight(scope_id=2, matter_id=1), "2 → 1"),
        (Record(matter_id=1, seq=3, kind="move"), "1/3 move"),
        (InnerRecord(matter_id=1, organ_id=2, seq=3, kind="draft"), "1/2/3 draft"),
        (Slip(kind="urge", uid="u"), "urge u"),
        (MatterRow(matter_id=1, field="problems", row_key="2"), "1/problems/2"),
        (Secret(matter_id=1, field="phone"), "1/phone/"),
        (Blind(kind="phone", matter_id=1), "phone → 1"),
        (ReadingLog(account_id=2, matter_id=1, field="phone"), "2 1/phone"),
        (Clock(matter_id=1, name="reply"), "1/reply/1"),
        (Rung(matter_id=1, stay_seq=2, rung="urge"), "1/2/urge"),
        (Deferred(matter_id=1, due_on="2026-12-01"), "2026-12-01 1"),
        (Link(from_uid="a", to_uid="b", kind="child"), "a child b"),
        (Serial(organ_id=1, kind="letter", year=2026), "1/letter/2026"),
        (NumberTaken(organ_id=1, kind="letter", year=2026, serial=7), "1/letter/2026/7"),
        (Claim(kind="relief", matter_id=1), "relief → 1"),
        (Fund(title="司法救助"), "司法救助"),
        (FundEntry(fund_id=1, seq=2, kind="reserve"), "1/2 reserve"),
        (Blob(digest=b"\x01\x02"), "0102"),
        (Attachment(name="回执.pdf"), "回执.pdf"),
        (Outbox(id=1, target="notice"), "1 notice"),
        (Idempotency(key="k"), "k"),
        (Declaration(key="letter", version=2), "letter v2"),
    ],
)
def test_a_row_says_which_one_it_is(row, text):
    assert str(row) == text

"""A record follows the last one, at the custodian; neither trail nor matter is written without the other."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.builders import NOW, an_organ
from tests.matter_rows import Part, a_matter, an_inner_record, append, next_record

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.session import acting
from fuyuantong.seal.digest import GENESIS, sm3

pytestmark = pytest.mark.django_db


def refuses(record, *, reason):
    with acting(), pytest.raises(DatabaseError, match=reason), transaction.atomic():
        record.save(force_insert=True)


@pytest.fixture
def matter():
    return a_matter(Part(an_organ()), records=2)


def test_a_record_that_leaves_one_out_is_refused(matter):
    refuses(next_record(matter, seq=4), reason="does not follow record 2")


def test_a_second_record_with_the_same_seq_is_refused(matter):
    refuses(next_record(matter, seq=2), reason="does not follow record 2")


def test_a_record_with_a_forged_prev_is_refused(matter):
    refuses(next_record(matter, prev=sm3(b"forged")), reason="does not follow record 2")


def test_a_first_record_begins_at_genesis(matter):
    trail = Record.objects.filter(matter=matter)
    with acting():
        assert bytes(trail.get(seq=1).prev) == GENESIS


def test_a_record_of_another_node_is_refused(matter):
    refuses(next_record(matter, node_id="node-two"), reason="kept by node node-one")


def test_a_record_of_another_epoch_is_refused(matter):
    refuses(next_record(matter, epoch=2), reason="in epoch 1")


def test_a_record_older_than_the_last_is_refused(matter):
    refuses(next_record(matter, recorded_at=NOW - timedelta(days=1)), reason="older than the one before")


def test_a_digest_occurs_once(matter):
    refuses(next_record(matter, digest=bytes(matter.head)), reason="record_digest")


def test_a_digest_has_32_bytes(matter):
    refuses(next_record(matter, digest=b"short"), reason="record_digest_is_digest")


def test_an_unknown_kind_of_record_is_refused(matter):
    refuses(next_record(matter, kind="edited"), reason="record_kind_known")


def test_another_effective_day_without_basis_is_refused(matter):
    refuses(next_record(matter, effective_on=NOW.date() - timedelta(days=3)), reason="record_other_date_has_basis")


@pytest.mark.parametrize("founded", [{"basis": "邮寄签收回执"}, {"files": [sm3(b"receipt")]}])
def test_another_effective_day_with_basis_or_file_is_kept(matter, founded):
    with acting():
        append(matter, effective_on=NOW.date() - timedelta(days=3), **founded)

        assert Record.objects.get(matter=matter, seq=3).effective_on == NOW.date() - timedelta(days=3)


def test_the_effective_day_is_the_day_in_china(matter):
    late = NOW.replace(hour=23, minute=30)
    with acting():
        append(matter, recorded_at=late, effective_on=NOW.date())

        assert Record.objects.get(matter=matter, seq=3).recorded_at == late


def commit(act):
    with transaction.atomic(), connection.cursor() as cursor:
        with acting():
            act()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_record_that_its_matter_does_not_name_is_refused_at_commit(matter):
    with pytest.raises(IntegrityError, match="stands at record 2, its trail at 3"):
        commit(lambda: next_record(matter).save(force_insert=True))


def test_a_head_without_its_record_is_refused_at_commit(matter):
    with pytest.raises(IntegrityError, match="stands at record 3, its trail at 2"):
        commit(lambda: Matter.objects.filter(pk=matter.pk).update(seq=3, head=sm3(b"no such record")))


def test_an_inner_trail_has_its_own_sequence(matter):
    court, bureau = an_organ(), an_organ()
    seqs = [an_inner_record(matter, organ).seq for organ in (court, court, bureau)]

    assert seqs == [1, 2, 1]


@pytest.mark.parametrize("forged", [{"seq": 5}, {"prev": sm3(b"forged")}])
def test_a_forged_inner_record_is_refused(matter, forged):
    court = an_organ()
    an_inner_record(matter, court)
    with pytest.raises(DatabaseError, match="does not follow record 1"), transaction.atomic():
        an_inner_record(matter, court, **forged)

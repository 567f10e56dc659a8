"""What is written stays: refused by grant to the application, by trigger to the owner."""

import pytest
from django.db import DatabaseError, connections, transaction
from tests.builders import NOW, an_organ
from tests.matter_rows import Part, a_matter, a_slip

from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.session import acting

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

PERMISSION = "42501"
APPEND_ONLY = "23001"
KEPT = ["record", "inner_record", "number_taken", "fund_entry", "reading_log", "declaration", "slip"]
CHANGED = {
    "record": "move = 'x'",
    "inner_record": "kind = 'x'",
    "number_taken": "serial = 2",
    "fund_entry": "amount_fen = 2",
    "reading_log": "purpose = 'x'",
    "declaration": "version = 2",
    "slip": "kind = 'x'",
}


def refused(statement, *, using="default"):
    with (
        pytest.raises(DatabaseError) as refusal,
        transaction.atomic(using=using),
        connections[using].cursor() as cursor,
    ):
        cursor.execute(statement)
    return refusal.value.__cause__.sqlstate


@pytest.mark.parametrize("table", KEPT)
def test_an_act_changes_nothing_that_is_kept(table):
    with acting():
        assert refused(f"UPDATE {table} SET {CHANGED[table]}") == PERMISSION


@pytest.mark.parametrize("table", KEPT)
def test_an_act_deletes_nothing_that_is_kept(table):
    with acting():
        assert refused(f"DELETE FROM {table}") == PERMISSION


@pytest.mark.parametrize("table", KEPT)
def test_an_act_empties_nothing_that_is_kept(table):
    with acting():
        assert refused(f"TRUNCATE {table} CASCADE") == PERMISSION


@pytest.mark.parametrize("table", KEPT)
def test_a_page_writes_nothing(table):
    assert refused(f"UPDATE {table} SET {CHANGED[table]}") == PERMISSION
    assert refused(f"INSERT INTO {table} DEFAULT VALUES") == PERMISSION
    assert refused(f"DELETE FROM {table}") == PERMISSION


@pytest.mark.parametrize("table", KEPT)
def test_the_owner_empties_nothing_that_is_kept(table):
    assert refused(f"TRUNCATE {table} CASCADE", using="owner") == APPEND_ONLY


def test_the_owner_empties_no_month_of_the_reading_log():
    assert refused(f"TRUNCATE reading_log_{NOW:%Y%m}", using="owner") == APPEND_ONLY


def test_a_slip_is_admitted_once():
    court = an_organ()
    slip = a_slip(a_matter(Part(court)), court)
    with acting():
        Slip.objects.filter(pk=slip.pk).update(admitted_seq=2, answer={"granted": True})

        with pytest.raises(DatabaseError, match="append-only but for its admission"), transaction.atomic():
            Slip.objects.filter(pk=slip.pk).update(admitted_seq=3)


def test_an_answer_to_a_slip_is_not_taken_back():
    court = an_organ()
    slip = a_slip(a_matter(Part(court)), court, admitted_seq=1)
    with acting():
        Slip.objects.filter(pk=slip.pk).update(answer={"granted": True})

        with pytest.raises(DatabaseError, match="append-only but for its admission"), transaction.atomic():
            Slip.objects.filter(pk=slip.pk).update(answer={"granted": False})


def test_a_slip_stays_with_its_matter():
    court = an_organ()
    slip = a_slip(a_matter(Part(court)), court)
    other = a_matter(Part(court))
    with acting(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Slip.objects.filter(pk=slip.pk).update(matter=other)


def test_a_matter_keeps_its_identity():
    a_matter(Part(an_organ()))
    with acting():
        for column in ("id", "uid", "mechanism", "provenance", "opened_at", "parent_id"):
            assert refused(f"UPDATE matter SET {column} = {column}") == PERMISSION, column


def test_no_matter_is_deleted_by_an_act():
    with acting():
        assert refused("DELETE FROM matter") == PERMISSION


def test_a_balance_is_moved_by_entries_alone():
    with acting():
        assert refused("UPDATE fund SET balance_fen = 1") == PERMISSION


def test_rows_are_written_by_an_act_alone():
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Slip.objects.create(matter_uid="00000000-0000-7000-8000-000000000001", kind="urge", organ_id=1, body={})

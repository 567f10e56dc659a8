"""A secret is read for a purpose, by who sees contents, and the reading is written down."""

from datetime import date

import pytest
from django.db import connection
from tests.builders import NOW, an_official, an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.secret import ReadingLog, Secret
from fuyuantong.matters.parties import refresh_sight
from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.matters.unmasking import NoPurpose, NoSuchSecret, unmask
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.seal.key_ring import new_ring
from fuyuantong.seal.vault import ERASED, Place, SecretErased, seal_secret

pytestmark = pytest.mark.django_db

RING = new_ring(made_on=date(2026, 1, 1))
PHONE = "13800000000"


@pytest.fixture
def court():
    return an_organ()


@pytest.fixture
def matter(court):
    """Give a matter that keeps a phone number as a field, and one in the second row of its people."""
    matter = a_matter(Part(court))
    values = {"phone": hide(matter, "phone"), "people": [{"name": "甲"}, {"phone": hide(matter, "people.phone", "1")}]}
    with acting():
        Matter.objects.filter(pk=matter.pk).update(values=values)
    return matter


def hide(matter, field, row_key=""):
    committed, envelope = seal_secret(PHONE, ring=RING, place=Place(str(matter.uid), field, row_key))
    with acting():
        Secret.objects.create(
            matter=matter,
            field=field,
            row_key=row_key,
            salt=envelope.salt,
            cipher=envelope.cipher,
            key_id=envelope.key_id,
        )
    return committed


def ask(account, matter, place=("phone", ""), *, purpose="核实当事人身份"):
    return unmask(account, at=NOW, uid=matter.uid, place=place, purpose=purpose, ring=RING)


def log_of(account):
    with reading_as(account, at=NOW):
        return list(ReadingLog.objects.values_list("account_id", "matter_id", "field", "row_key", "purpose"))


def test_a_party_reads_a_secret_and_it_is_written_down(matter, court):
    clerk = an_official(court)

    assert ask(clerk, matter) == PHONE
    assert log_of(clerk) == [(clerk.pk, matter.pk, "phone", "", "核实当事人身份")]


def test_a_secret_in_a_row_is_read_by_its_row(matter, court):
    assert ask(an_official(court), matter, ("people.phone", "1")) == PHONE


@pytest.mark.parametrize("purpose", ["", "  ", "看"])
def test_a_purpose_must_be_said(matter, court, purpose):
    clerk = an_official(court)
    with pytest.raises(NoPurpose, match="未写明查看用途"):
        ask(clerk, matter, purpose=purpose)
    assert log_of(clerk) == []


def test_a_stranger_reads_nothing(matter):
    with pytest.raises(NoSuchMatter):
        ask(an_official(an_organ()), matter)


def test_an_auditor_reads_no_secret_but_sees_who_did(matter, court):
    clerk, auditor = an_official(court), an_official(court, kind=PostKind.AUDITOR)
    with acting():
        refresh_sight(on=NOW.date())
    ask(clerk, matter)
    with pytest.raises(NoSuchSecret, match="您不能查看：phone"):
        ask(auditor, matter)

    assert log_of(auditor) == [(clerk.pk, matter.pk, "phone", "", "核实当事人身份")]


def test_a_colleague_does_not_see_what_others_read(matter, court):
    ask(an_official(court), matter)

    assert log_of(an_official(an_organ())) == []


@pytest.mark.parametrize(
    "place",
    [("address", ""), ("people.phone", "0"), ("people.phone", "7"), ("people.phone", ""), ("people.phone", "x"),
     ("phone.x", "1")],
)  # fmt: skip
def test_where_there_is_no_secret_there_is_nothing_to_read(matter, court, place):
    with pytest.raises(NoSuchSecret):
        ask(an_official(court), matter, place)


def test_an_erased_secret_is_gone(matter, court):
    with acting():
        Secret.objects.filter(matter=matter, field="phone").update(
            salt=ERASED.salt, cipher=ERASED.cipher, key_id=ERASED.key_id, erased_at=NOW
        )
    with pytest.raises(SecretErased):
        ask(an_official(court), matter)


def test_without_an_account_the_door_stays_shut(matter):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unmask(%s, 'phone', '', 'purpose')", [matter.pk])
        assert cursor.fetchall() == []


def test_partitions_of_coming_months_are_made_once():
    with acting(), connection.cursor() as cursor:
        cursor.execute("SELECT reading_log_prepare(30)")
        made = cursor.fetchone()[0]
        cursor.execute("SELECT reading_log_prepare(30)")
        assert (made, cursor.fetchone()[0]) == (6, 0)

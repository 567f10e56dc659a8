"""A round goes through all that is found, in batches, whatever happens to one of them."""

import pytest
from django.db import OperationalError
from tests.builders import an_organ

from fuyuantong.matters.services import rounds
from fuyuantong.matters.services.rounds import each, one_by_one
from fuyuantong.organs.models import Organ

pytestmark = pytest.mark.django_db


def test_batches_leave_out_none_and_repeat_none(monkeypatch):
    monkeypatch.setattr(rounds, "BATCH", 2)
    codes = [an_organ().code for _ in range(5)]

    assert [organ.code for organ in one_by_one(Organ.objects.all())] == codes


def test_what_is_put_right_on_the_way_does_not_shift_the_batches(monkeypatch):
    monkeypatch.setattr(rounds, "BATCH", 2)
    for _ in range(5):
        an_organ()
    found = one_by_one(Organ.objects.filter(online=True))

    assert each(found, lambda organ: Organ.objects.filter(pk=organ.pk).update(online=False)) == 5


def test_with_the_database_away_the_round_ends():
    an_organ()

    def cut_off(organ):
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        each(one_by_one(Organ.objects.all()), cut_off)

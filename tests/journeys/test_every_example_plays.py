"""Every example of every mechanism is played through the real services by the organs of the demo county."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from fuyuantong import catalogue
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.rehearsal.cast import Cast
from fuyuantong.matters.rehearsal.place import set_place
from fuyuantong.matters.rehearsal.player import Player
from fuyuantong.matters.rehearsal.samples import Sampler
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, verify
from fuyuantong.organs import loading
from fuyuantong.organs.loading import load_directory

DIRECTORY = Path(loading.__file__).parent / "demo"
START = datetime(2024, 3, 4, 9, 30, tzinfo=SHANGHAI)
EXAMPLES = [
    (key, number) for key, mechanism in catalogue.MECHANISMS.items() for number in range(len(mechanism.examples))
]


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the demo county once; it goes when the last example is played."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_directory(DIRECTORY, by=None, now=START)
        set_place(now=START)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def player(county: None, db: None) -> Player:
    random = Random(1)
    cast = Cast.of("410825", random=random)
    file = store_file("演练材料".encode(), mime="text/plain", now=START)
    return Player(cast, Sampler(cast.draw, file, random), START)


@pytest.mark.parametrize("key", list(catalogue.MECHANISMS))
def test_every_example_reaches_its_end_and_leaves_a_trail_that_folds_to_its_row(key: str, player: Player) -> None:
    mechanism = catalogue.MECHANISMS[key]
    for example in mechanism.examples:
        assert list(player.play(mechanism, example, title=example.title)), example.title

    with acting():
        for row in Matter.objects.all():
            assert folded(row) == situation_of(row)
            assert verify(row) is None

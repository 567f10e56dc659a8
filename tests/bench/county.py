"""The demo county with running matters, for benches."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from fuyuantong import catalogue
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.rehearsal.cast import Cast
from fuyuantong.matters.rehearsal.place import set_place
from fuyuantong.matters.rehearsal.player import Player
from fuyuantong.matters.rehearsal.samples import Sampler
from fuyuantong.matters.services.files import store_file
from fuyuantong.organs import loading
from fuyuantong.organs.loading import load_directory
from fuyuantong.protocol import Do, Example, Mechanism

START = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)


@dataclass
class County:
    """Someone to play with."""

    player: Player

    def at_work(self, count: int) -> list[str]:
        """Return matters in hand at an organ that may report progress as often as it likes."""
        mechanism = catalogue.MECHANISMS["joint-matter"]
        example = next(one for one in mechanism.examples if Do("receive") in one.steps and one.entry)
        return [self._until("handling", mechanism, example, title=f"第 {number} 件") for number in range(count)]

    def _until(self, state: str, mechanism: Mechanism, example: Example, *, title: str) -> str:
        walk = self.player.play(mechanism, example, title=title)
        return next(done.matter for done in walk if done.state == state)

    def play_all(self) -> None:
        """Play every example of every mechanism once."""
        for mechanism in catalogue.MECHANISMS.values():
            for example in mechanism.examples:
                list(self.player.play(mechanism, example, title=example.title))


def a_county() -> County:
    """Load the demo directory into an empty database."""
    load_directory(Path(loading.__file__).parent / "demo", by=None, now=START)
    set_place(now=START)
    random = Random(1)
    cast = Cast.of("410825", random=random)
    file = store_file("测速材料".encode(), mime="text/plain", now=START)
    return County(Player(cast, Sampler(cast.draw, file, random), START))

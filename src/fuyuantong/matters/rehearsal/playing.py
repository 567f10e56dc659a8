"""Playing examples in a demo county, for whoever wants to see them: each whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from random import Random

from django.db import transaction

from fuyuantong import catalogue
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.declarations import UnknownMechanism
from fuyuantong.matters.rehearsal.demo import set_stage, stage_of, two_years_before
from fuyuantong.matters.rehearsal.player import Player
from fuyuantong.matters.rehearsal.stage import DoesNotPlay, Habits
from fuyuantong.protocol import Example, Mechanism

ALL = "all"
MORNING = time(9, 30)


@dataclass(frozen=True)
class Scene:
    """One example of a mechanism; `number` counts from 1."""

    mechanism: Mechanism
    number: int
    example: Example


def scenes(key: str, *, number: int | None = None) -> list[Scene]:
    """Return the examples of a mechanism or of all, or one of them. Raises: `UnknownMechanism`, `DoesNotPlay`."""
    known = catalogue.MECHANISMS
    if key != ALL and key not in known:
        listed = "、".join(f"{found.title}（{found.key}）" for found in known.values())
        raise UnknownMechanism(f"没有“{key}”这个机制；现有：{listed}", remedy="也可以写 all。", field="play")
    chosen = known.values() if key == ALL else (known[key],)
    found = [Scene(one, place, example) for one in chosen for place, example in enumerate(one.examples, 1)]
    if number is None:
        return found
    numbered = [scene for scene in found if scene.number == number]
    if not numbered:
        most = max(scene.number for scene in found)
        raise DoesNotPlay(f"没有第 {number} 个示例", remedy=f"请写 1 至 {most}。", field="example")
    return numbered


def play(
    chosen: list[Scene], *, seed: int, now: datetime, watch: Callable[[], object] = lambda: None
) -> Iterator[Scene]:
    """
    Play scenes one after another, each beginning two years ago; yields each when it has been played.

    `watch` is called after every act, before the next one changes what can be seen. An empty database becomes a demo county first. Raises: `NotADemoCounty`; `DoesNotPlay`.
    """
    begin = datetime.combine(two_years_before(now.astimezone(SHANGHAI).date()), MORNING, SHANGHAI)
    set_stage(now=begin)
    stage = stage_of(Random(seed), now=begin, habits=Habits(), strangers=0)
    for scene in chosen:
        with transaction.atomic():
            player = Player(stage.cast, stage.sampler, begin)
            for _ in player.play(scene.mechanism, scene.example, title=scene.example.title):
                watch()
            if player.now > now:
                raise DoesNotPlay(f"“{scene.example.title}”需时两年以上，演练会超过今天")
        yield scene

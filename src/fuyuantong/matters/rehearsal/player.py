"""Playing an example of a mechanism through the real services, with its own time: for tests and `fyt act --play`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.rehearsal.cast import Cast
from fuyuantong.matters.rehearsal.pace import Brisk
from fuyuantong.matters.rehearsal.samples import Sampler
from fuyuantong.matters.rehearsal.stage import DoesNotPlay, Stage, standing_now
from fuyuantong.matters.rehearsal.walk import Walk
from fuyuantong.matters.services.acts import Done
from fuyuantong.protocol import Example, Mechanism


@dataclass
class Player:
    """Play examples one after another; `now` goes on as they do. `title` says whose training data it is."""

    cast: Cast
    sampler: Sampler
    now: datetime
    provenance: Provenance = Provenance.TRAINING

    def play(self, mechanism: Mechanism, example: Example, *, title: str) -> Iterator[Done]:
        """Open a matter and take the steps; yields what each act gave. Raises: `DoesNotPlay`."""
        stage = Stage(self.cast, self.sampler, self.provenance)
        begun = stage.open(mechanism, example, title=title, now=self.now)
        yield begun
        walk = Walk(stage, Brisk(self.sampler.random, days=1), begun.matter, self.now)
        for turn in walk.turns(example.steps):
            self.now = max(self.now, turn.at)
            done = turn.take(self.now)
            if done:
                yield done
        state = standing_now(begun.matter).situation.state
        if state != example.ends:
            raise DoesNotPlay(f"“{example.title}”应止于 {example.ends}，实际为 {state}")

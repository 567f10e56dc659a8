"""Papers: matters that ran on paper until the platform came, brought in where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fuyuantong import catalogue
from fuyuantong.matters.rehearsal.stage import Stage
from fuyuantong.matters.rehearsal.stations import stations
from fuyuantong.matters.rehearsal.usual import usual_opener
from fuyuantong.matters.rehearsal.ways import Way, ways_by_hand
from fuyuantong.matters.services.acts import Done, Form
from fuyuantong.matters.services.papers import bring_paper_in
from fuyuantong.protocol import Do, Final, Json, Mechanism, Move, State
from fuyuantong.protocol.amendments import Paper
from fuyuantong.protocol.fold import Situation


@dataclass(frozen=True)
class PaperWay:
    """An example of which the first `done` steps were taken on paper."""

    way: Way
    done: int


def paper_ways() -> Iterator[PaperWay]:
    """Yield every place in an example up to which only the holders acted, after the letter was issued."""
    for way in ways_by_hand():
        places = stations(way.mechanism, way.example)
        for done, step in enumerate(way.example.steps, 1):
            if not isinstance(step, Do):
                break
            place = way.mechanism.state(places[done])
            if isinstance(place, State) and not place.inner:
                yield PaperWay(way, done)


def bring_in(
    found: PaperWay, known: Mapping[str, Json], *, stage: Stage, title: str, since: date, now: datetime
) -> Done:
    """Bring a matter in at the place that its example has reached, with what was written on the way."""
    mechanism, example = found.way.mechanism, found.way.example
    entry = mechanism.entry(example.entry)
    opener = usual_opener(mechanism, entry, known) or stage.opener(mechanism, entry, on=since)
    situation = Situation(uid="", roles={entry.by: opener})
    places = stations(mechanism, example)
    number = ""
    for place, step in zip(places, example.steps[: found.done], strict=False):
        move = _move(mechanism, place, step)
        given = {**{key: value for key, value in known.items() if key in move.asks}, **step.values}
        situation = _filled(stage, mechanism, situation, move, given, since)
        number = number or _number(move, since)
    paper = Paper(places[found.done], dict(situation.roles), dict(situation.values), since, number)
    by = stage.cast.by(opener, situation, signs=False)
    form = Form(files=(stage.sampler.file,), names=stage.sampler.names)
    return bring_paper_in(mechanism.key, title, paper, by=by, now=now, form=form)


def _move(mechanism: Mechanism, place: str, step: Do) -> Move:
    state = mechanism.state(place)
    moves = () if isinstance(state, Final) else state.moves
    return next(move for move in moves if move.key == step.move)


def _filled(
    stage: Stage, mechanism: Mechanism, situation: Situation, move: Move, given: dict[str, Json], since: date
) -> Situation:
    """Return the situation with what the move asks; roles bound by a field are bound by it."""
    values = stage.sampler.values(mechanism, situation, move.asks, given=given, today=since, children=1)
    bound = {role.key: values[role.via[6:]] for role in mechanism.roles if role.via[6:] in values}
    return Situation(uid="", roles={**situation.roles, **bound}, values={**situation.values, **values})


def _number(move: Move, since: date) -> str:
    """Return a number of the year before, as given by hand."""
    if not move.numbers:
        return ""
    return catalogue.serials()[move.numbers].pattern.format(
        place="温", year=since.year - 1, n=since.toordinal() % 90 + 1
    )

"""The stage: one act of an example made through the real services at a given moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.rehearsal.cast import Cast
from fuyuantong.matters.rehearsal.samples import Sampler
from fuyuantong.matters.rehearsal.usual import usual_opener
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done, Form, open_by_hand, perform
from fuyuantong.matters.services.heeding import obey
from fuyuantong.matters.services.inner import approve, assign, propose
from fuyuantong.matters.services.locks import standing_of
from fuyuantong.matters.services.opening import open_for
from fuyuantong.matters.services.slips import decline, make_request
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.session import acting
from fuyuantong.protocol import Asks, Await, Do, Entry, Example, Hears, Json, Mechanism, Move, Request, State
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.heeding import RegisterEvent, rows_named
from fuyuantong.protocol.offers import guards_may_hold
from fuyuantong.refusal import Refusal
from fuyuantong.seal.digest import sm3

UNKNOWN: Mapping[str, Json] = {}
BY_POST = "邮寄送达，以回执所载日期为准"


class DoesNotPlay(Refusal):
    """An example cannot be played as it is written."""

    key = "does-not-play"
    title = "示例不能演练"
    remedy = "请选择其他示例，或者更正机制文件中的示例。"


@dataclass(frozen=True)
class Habits:
    """
    How often people do more than the example says.

    Unit: in a hundred. `inner`: a signed act goes through draft and signature; `post`: a receipt is entered later
    than it counts.
    """

    inner: int = 0
    post: int = 0


def standing_now(uid: str) -> Standing:
    """Return how a matter stands, without taking it in hand."""
    with acting():
        return standing_of(Matter.objects.get(uid=uid))


@dataclass
class Stage:
    """
    Who plays, with what in their forms, and how they are used to work.

    `known`: by matter, what its title tells already and its forms must repeat.
    """

    cast: Cast
    sampler: Sampler
    provenance: Provenance = Provenance.TRAINING
    habits: Habits = field(default_factory=Habits)
    standing: Callable[[str], Standing] = standing_now
    known: dict[str, Mapping[str, Json]] = field(default_factory=dict)

    def open(
        self, mechanism: Mechanism, example: Example, *, title: str, now: datetime, known: Mapping[str, Json] = UNKNOWN
    ) -> Done:
        """Begin the matter of an example: by hand, or as another matter would open it."""
        entry = mechanism.entry(example.entry)
        opener = usual_opener(mechanism, entry, known) or self.opener(mechanism, entry, on=now.date())
        if entry.opened:
            roles, values = self._carried(mechanism, entry, example, opener, now)
            return open_for(
                mechanism.key,
                title,
                entry=entry.state,
                roles={entry.by: opener, **roles},
                values=values,
                now=now,
                provenance=self.provenance,
            )
        by = self.cast.by(opener, Situation(uid=""), signs=False)
        return open_by_hand(
            mechanism.key,
            title,
            by=by,
            now=now,
            entry=entry.state,
            form=Form(files=self.evidence(by), names=self.sampler.names),
            provenance=self.provenance,
        )

    def act(self, uid: str, step: Do, *, awaited: int, now: datetime) -> Done:
        """Make the move of a step; what an open request asked for is granted with it."""
        standing = self.standing(uid)
        move = move_of(standing, step)
        by = self._dated(self._by(standing, signs=move.signed), standing, move, now)
        return perform(
            uid,
            move.key,
            by=by,
            now=now,
            form=self._form(standing, move, step, awaited, by, now),
            answers=_answering(standing, move),
        )

    def drafts(self, uid: str, step: Do) -> bool:
        """Tell whether this time the organ drafts the act and has it signed, as it does with some signed acts."""
        standing = self.standing(uid)
        move = move_of(standing, step)
        own = self._by(standing, signs=move.signed).on_behalf_of == ""
        chosen = self.sampler.random.randrange(100) < self.habits.inner
        return chosen and own and move.signed and not _answering(standing, move)

    def draft(self, uid: str, step: Do, *, awaited: int, now: datetime) -> None:
        """Hand the matter to a handler and put the act before those who sign."""
        standing = self.standing(uid)
        move = move_of(standing, step)
        by = self._by(standing, signs=False)
        handler = self._by(standing, signs=False)
        assign(uid, handler.account.username, by=by, now=now)
        form = self._form(standing, move, step, awaited, handler, now)
        propose(uid, move.key, by=handler, now=now, form=form)

    def sign(self, uid: str, *, now: datetime) -> Done:
        """Sign what was put forward."""
        return approve(uid, by=self._by(self.standing(uid), signs=True), now=now)

    def ask(self, uid: str, step: Asks, *, now: datetime) -> Done:
        """Make the request of a step."""
        standing = self.standing(uid)
        situation, request = standing.situation, standing.mechanism.request(step.request)
        organ = next((code for role in request.by for code in situation.organs_of(role)), "")
        by = self.cast.by(organ, situation, signs=False)
        values = self._request_values(standing, request, step.values, now)
        return make_request(uid, request.key, by=by, now=now, form=self._handed(values, by))

    def decline(self, uid: str, request: str, *, now: datetime) -> Done:
        """Refuse the open request of that key."""
        standing = self.standing(uid)
        slip = next(iter(_waiting(standing.situation, request)), "")
        by = self._by(standing, signs=False)
        return decline(uid, slip, reason="经研究，理由不成立，仍按原定要求办理。", by=by, now=now)

    def hear(self, uid: str, step: Hears, *, now: datetime) -> Done | None:
        """Let a register tell what a step says of the row that the matter names."""
        standing = self.standing(uid)
        named = rows_named(standing.mechanism, standing.situation.values)
        field, row = next((field, row) for field, register, row in named if register == step.register)
        on = now.date().isoformat()
        event = RegisterEvent(step.register, step.event, row, on, f"{row} {on}", sm3(row.encode()).hex())
        return obey(uid, field, event, of=standing.situation.initiator, now=now)

    def opener(self, mechanism: Mechanism, entry: Entry, *, on: date) -> str:
        """Return the organ that begins a matter at an entry: the one that the place has for it, if it says one."""
        role = mechanism.role(entry.by)
        source, _, key = role.via.partition(":")
        offices = self.cast.offices()
        if source == "office_of":
            return next(iter(offices))
        named = DatabaseWorld(on=on).organs_by_setting(key, near=offices[0]) if source == "setting" and offices else ()
        at_work = [organ for organ in named if organ in self.cast.people]
        return at_work[0] if at_work else self.cast.draw(role, 1, Situation(uid=""))[0]

    def evidence(self, by: By) -> tuple[str, ...]:
        """Return the scanned paper that an act on behalf of another organ must show."""
        return (self.sampler.file,) if by.on_behalf_of else ()

    def _by(self, standing: Standing, *, signs: bool) -> By:
        return self.cast.by(standing.situation.holder, standing.situation, signs=signs)

    def _dated(self, by: By, standing: Standing, move: Move, now: datetime) -> By:
        """Let a receipt count from the day on the post's slip now and then."""
        earlier = now.date() - timedelta(days=1)
        since = standing.situation.stay_on
        late = self.sampler.random.randrange(100) < self.habits.post
        if late and not move.asks and since and since <= earlier:
            return replace(by, effective_on=earlier, basis=BY_POST)
        return by

    def _form(self, standing: Standing, move: Move, step: Do, awaited: int, by: By, now: datetime) -> Form:
        known = self.known.get(standing.situation.uid, {"title": standing.row.title})
        given = {
            **{key: _as_many(value, awaited) for key, value in known.items() if key in move.asks},
            **_asked_for(standing, move),
            **step.values,
        }
        return self._handed(self._values(standing, move.asks, given, now, awaited), by)

    def _handed(self, values: Mapping[str, Json], by: By) -> Form:
        return Form(values=values, files=self.evidence(by), names=self.sampler.names)

    def _values(
        self, standing: Standing, asks: tuple[str, ...], given: Mapping[str, Json], now: datetime, awaited: int
    ) -> dict[str, Json]:
        return self.sampler.values(
            standing.mechanism, standing.situation, asks, given=given, today=now.date(), children=awaited
        )

    def _request_values(
        self, standing: Standing, request: Request, given: Mapping[str, Json], now: datetime
    ) -> dict[str, Json]:
        if request.rows:
            row = self.sampler.row(standing.mechanism, standing.situation, request.rows, today=now.date())
            return {**row, **given}
        return self._values(standing, request.asks, given, now, 1)

    def _carried(
        self, mechanism: Mechanism, entry: Entry, example: Example, opener: str, now: datetime
    ) -> tuple[dict[str, Json], dict[str, Json]]:
        role_keys = {role.key for role in mechanism.roles}
        roles: dict[str, Json] = {entry.by: opener}
        for key in entry.carried:
            if key in role_keys and key != entry.by:
                role = mechanism.role(key)
                drawn = self.cast.draw(role, 1, Situation(uid="", roles=dict(roles)))
                roles[key] = list(drawn) if role.many else drawn[0]
        values = self.sampler.values(
            mechanism,
            Situation(uid="", roles=roles),
            [key for key in entry.carried if key not in role_keys],
            given=example.carried,
            today=now.date(),
            children=1,
        )
        return roles, values


def move_of(standing: Standing, step: Do) -> Move:
    """Return the move of a step as the present state has it. Raises: `DoesNotPlay`."""
    state = standing.mechanism.state(standing.situation.state)
    moves = state.moves if isinstance(state, State | Await) else ()
    for move in moves:
        if move.key == step.move and guards_may_hold(move.when, standing.situation, asked=move.asks + move.may_ask):
            return move
    raise DoesNotPlay(f"“{state.title}”环节不能办理“{step.move}”")


def _as_many(value: Json, awaited: int) -> Json:
    """Return what is known; of several organs as many as the example waits for."""
    return value[:awaited] if isinstance(value, list) else value


def _asked_for(standing: Standing, move: Move) -> dict[str, Json]:
    """Return what a waiting request asked for, as far as the move that grants it asks the same."""
    request = standing.situation.requests.get(_answering(standing, move))
    values = request.get("values") if isinstance(request, dict) else None
    return {key: value for key, value in values.items() if key in move.asks} if isinstance(values, dict) else {}


def _answering(standing: Standing, move: Move) -> str:
    granted = (request.key for request in standing.mechanism.requests if request.grants == move.key)
    return next((slip for key in granted for slip in _waiting(standing.situation, key)), "")


def _waiting(situation: Situation, request: str) -> list[str]:
    return [slip for slip, told in situation.requests.items() if isinstance(told, dict) and told["request"] == request]

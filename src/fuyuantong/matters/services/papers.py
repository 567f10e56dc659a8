"""Bringing in matters that ran on paper until now, at whatever state they have reached, with dates and evidence."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from uuid_utils.compat import uuid7

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.numbering import pass_number, read_number
from fuyuantong.matters.services import idempotency
from fuyuantong.matters.services.actors import FIRST_DAY, By, actor_of, today
from fuyuantong.matters.services.acts import Done, clean_title, done, done_again
from fuyuantong.matters.services.files import Enclosure, attach, enclosures
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.forms import EMPTY, Form, check_chosen
from fuyuantong.matters.services.secrets import conceal, keep
from fuyuantong.matters.services.trail import Beginning, Hand, begin
from fuyuantong.matters.session import one_act
from fuyuantong.protocol import Await, Final, Json, Mechanism, Move, State
from fuyuantong.protocol.amendments import Paper, bring_in
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.timing import clocks_of
from fuyuantong.protocol.trail import Actor
from fuyuantong.protocol.values import Fault, ValuesRefused, check_values, is_legible, title_of
from fuyuantong.refusal import Refusal

BASIS = "纸质事项补录"
LONGEST_NUMBER = 200


class BadPaper(Refusal):
    """A paper matter cannot be brought in as described; every fault is named."""

    key = "bad-paper"
    title = "补录内容有误"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            "；".join(fault.detail for fault in faults),
            remedy="请对照纸质材料更正后重新提交，已填内容不会丢失。",
            field=faults[0].field,
        )
        self.faults = faults


def bring_paper_in(key: str, title: str, paper: Paper, *, by: By, now: datetime, form: Form = EMPTY) -> Done:
    """
    Bring in a matter that ran on paper, as one of its parties or the office; the papers are its evidence.

    Raises: `UnknownMechanism`, `BadTitle`, `BadPaper`, `ValuesRefused`, `NoPost`, `NoProxy`, `NotStored`, `BadChoice`,
    `StaleKey`, and what binding roles and starting clocks refuse.
    """
    words = clean_title(title)
    world = DatabaseWorld(on=today(now))
    with one_act():
        request = {**form.request(by, "import", key, words), "paper": _as_data(paper)}
        if answered := idempotency.answered(by.account, form.key, request):
            return done_again(answered)
        mechanism, digest = current(key)
        world.learn((*_organs(paper), by.on_behalf_of))
        actor = actor_of(by, world=world, now=now, parties=_organs(paper), files=form.files)
        world.learn_named(mechanism, paper.values)
        values, unfit = _fitting(mechanism, paper, world)
        if faults := tuple(_Look(key, mechanism, paper, actor, world).faults(with_evidence=bool(form.files))):
            raise BadPaper((*faults, *unfit))
        if unfit:
            raise ValuesRefused(unfit)
        check_chosen(form, mechanism, world=world)
        uid = str(uuid7())
        concealed = conceal(mechanism, uid, values)
        draft = bring_in(
            mechanism,
            uid,
            replace(paper, values=concealed.values),
            declaration=digest,
            acting=Acting(actor.for_organ, paper.since, now, form.chosen),
            world=world,
        )
        beginning = Beginning(
            uid=uid,
            key=key,
            title=words,
            region_code=world.organ(actor.for_organ).region_code,
            node=world.organ(actor.organ).node_id,
            provenance=Provenance.IMPORTED,
        )
        hand = Hand(actor, now, world, by.basis or BASIS, tuple(form.files))
        standing, record = begin(mechanism, beginning, draft, hand=hand)
        keep(standing.row.pk, concealed)
        evidence = (Enclosure(digest, sensitive=bool(concealed.envelopes)) for digest in form.files)
        attach(standing.row, record, (), (*evidence, *enclosures(mechanism, values)))
        follow_up(standing, record, hand=hand)
        idempotency.remember(by.account, form.key, request, standing.row, record.seq)
        return done(standing, record)


@dataclass(frozen=True)
class _Look:
    """A look at one paper matter, before anything is written."""

    key: str
    mechanism: Mechanism
    paper: Paper
    actor: Actor
    world: DatabaseWorld

    def faults(self, *, with_evidence: bool) -> Iterator[Fault]:
        """Yield everything that is wrong with it."""
        states = {state.key: state for state in self.mechanism.states}
        if self.paper.state not in states:
            known = "、".join(f"{state.title}（{state.key}）" for state in states.values())
            yield Fault("state", f"没有“{self.paper.state}”这一环节；可选：{known}")
        if "/" in self.key:
            yield Fault("mechanism", f"“{self.mechanism.title}”随其主件补录，不单独补录")
        if not with_evidence:
            yield Fault("files", "补录须附纸质材料扫描件")
        yield from self._days()
        yield from self._parties()
        yield from self._past()
        yield from self._number()
        state = states.get(self.paper.state)
        yield from self._needs(state) if isinstance(state, Final) else ()

    def _days(self) -> Iterator[Fault]:
        since = self.paper.since
        if since > self.world.on:
            yield Fault("since", f"进入当前环节的日期 {since} 在今天之后")
        if since < FIRST_DAY:
            yield Fault("since", f"进入当前环节的日期 {since} 早于 {FIRST_DAY}")
        titles = {clock.key: clock.title for clock in clocks_of(self.mechanism)}
        for key, began in self.paper.clock_starts.items():
            if key not in titles:
                yield Fault(f"clock_starts.{key}", f"没有“{key}”这一期限")
            elif not FIRST_DAY <= began <= since:
                between = f"应在 {FIRST_DAY} 至进入当前环节的 {since} 之间"
                yield Fault(f"clock_starts.{key}", f"“{titles[key]}”起算日 {began} {between}")

    def _parties(self) -> Iterator[Fault]:
        titles = {role.key: role.title for role in self.mechanism.roles}
        for key, bound in self.paper.roles.items():
            codes = bound if isinstance(bound, list) else [bound]
            if key not in titles:
                yield Fault(f"role:{key}", f"没有“{key}”这一方")
            elif not all(isinstance(code, str) and self.world.knows_organ(code) for code in codes):
                yield Fault(f"role:{key}", f"“{titles[key]}”中的机关不存在或已撤销")
        organ = self.actor.for_organ
        offices = self.world.related(organ, "office_of", on=self.world.on)
        if organ not in (*_organs(self.paper), *offices):
            yield Fault("organ", f"{organ} 不是本件的一方，也不是领导小组办公室，不能补录")

    def _past(self) -> Iterator[Fault]:
        acts = [move for _, move in _moves(self.mechanism)]
        facts = {fact for move in acts for fact in move.sets}
        for fact in self.paper.facts:
            if fact not in facts:
                yield Fault(f"facts.{fact}", f"没有“{fact}”这一情形")
        moves = {move.key for move in acts}
        for key, times in self.paper.made.items():
            if key not in moves or times < 0:
                yield Fault(f"made.{key}", f"没有“{key}”这一办理事项，或者次数有误")

    def _number(self) -> Iterator[Fault]:
        number = self.paper.number
        if not number:
            return
        if len(number) > LONGEST_NUMBER or not is_legible(number):
            yield Fault("number", f"文号应为 {LONGEST_NUMBER} 字以内可以显示的文字")
        elif Matter.objects.filter(mechanism=self.key, number=number).exists():
            yield Fault("number", f"文号 {number} 已有事项使用")
        keepers = {(state.holder, move.numbers) for state, move in _moves(self.mechanism) if move.numbers}
        for role, kind in sorted(keepers):
            keeper = self.paper.roles.get(role)
            if isinstance(keeper, str) and self.world.knows_organ(keeper):
                yield from self._number_in(kind, keeper)

    def _number_in(self, kind: str, keeper: str) -> Iterator[Fault]:
        given = read_number(kind, self.paper.number, organ=self.world.organ(keeper), on=self.world.on)
        if given and not pass_number(given):
            yield Fault("number", f"文号 {self.paper.number} 属于本系统编号的范围，纸质文号应在其之前")

    def _needs(self, final: Final) -> Iterator[Fault]:
        for need in final.needs:
            kind, _, key = need.partition(":")
            field, _, column = key.partition(".")
            if kind == "number" and not self.paper.number:
                yield Fault("number", f"“{final.title}”须有文号")
            if kind == "field" and not column and self.paper.values.get(field) in (None, "", []):
                yield Fault(field, f"“{final.title}”须填写“{title_of(self.mechanism, field)}”")


def _fitting(mechanism: Mechanism, paper: Paper, world: DatabaseWorld) -> tuple[dict[str, Json], tuple[Fault, ...]]:
    """Return the values as they are kept, or what is wrong with them: told together with all else that is wrong."""
    try:
        known = {found.key for found in mechanism.fields}
        asks = tuple(key for key in paper.values if key in known)
        return check_values(mechanism, paper.values, asks=asks, knows_organ=world.knows_organ), ()
    except ValuesRefused as refusal:
        return {}, refusal.faults


def _moves(mechanism: Mechanism) -> Iterator[tuple[State | Await, Move]]:
    return ((state, move) for state in mechanism.states if not isinstance(state, Final) for move in state.moves)


def _organs(paper: Paper) -> tuple[str, ...]:
    """Return the codes that stand in the roles."""
    bound = (code for organs in paper.roles.values() for code in (organs if isinstance(organs, list) else [organs]))
    return tuple(code for code in bound if isinstance(code, str))


def _as_data(paper: Paper) -> Json:
    days = {key: day.isoformat() for key, day in paper.clock_starts.items()}
    return {**asdict(paper), "since": paper.since.isoformat(), "clock_starts": days}

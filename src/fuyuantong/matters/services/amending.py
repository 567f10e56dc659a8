"""Correcting what was recorded, and leading a running matter over to a new version of its mechanism."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.declarations import current
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.record import Record as RecordRow
from fuyuantong.matters.services import idempotency
from fuyuantong.matters.services.actors import By, actor_of, today
from fuyuantong.matters.services.acts import Done, done, done_again
from fuyuantong.matters.services.files import Enclosure, attach, enclosures
from fuyuantong.matters.services.follow_up import follow_up
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.services.nearness import shown_to, told_who_came_first
from fuyuantong.matters.services.secrets import conceal, keep
from fuyuantong.matters.services.trail import Hand, Standing, append, not_before_last
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.organs.queries import organ_by_code, successor_of
from fuyuantong.protocol.amendments import NothingToCorrect, correct, move_version
from fuyuantong.protocol.entering import Acting
from fuyuantong.protocol.offers import NotOffered, NotYourTurn, ReasonMissing, here
from fuyuantong.protocol.trail import ENGINE
from fuyuantong.protocol.values import check_values, title_of

LONGEST_REASON = 1_000


def correct_record(uid: str, seq: int, *, reason: str, by: By, now: datetime, form: Form) -> Done:
    """
    Replace values that a record gave, as the organ that gave them or its heir; the record itself stays as it was.

    A closed matter may be corrected too. Raises: `NoSuchMatter`, `NotYourTurn` for another organ, `NothingToCorrect`,
    `BeingAnswered`, `ReasonMissing`, `ValuesRefused`, `NoPost`, `NoProxy`, `NotStored`, `StaleKey`.
    """
    words = said(reason, longest=LONGEST_REASON, refusal=ReasonMissing, field="reason")
    with one_act():
        standing = lock(uid)
        request = form.request(by, "correct", uid, str(seq), words)
        next_seq = standing.situation.seq + 1
        if answered := idempotency.claimed(by.account, form.key, request, matter=standing.row, seq=next_seq):
            return done_again(answered)
        now = not_before_last(standing.situation, now)
        world = DatabaseWorld(on=today(now))
        actor = actor_of(by, world=world, now=now, parties=shown_to(standing.situation), files=form.files)
        with told_who_came_first(standing, by=by, actor=actor, now=now):
            hand = Hand(actor, now, world, by.basis, tuple(form.files))
            return _Correction(standing, seq, form, hand).made(words)


@dataclass(frozen=True)
class _Correction:
    """A correction of one record of a locked matter."""

    standing: Standing
    seq: int
    form: Form
    hand: Hand

    def made(self, reason: str) -> Done:
        mechanism, situation, world = self.standing.mechanism, self.standing.situation, self.hand.world
        self._require_given()
        world.learn_named(mechanism, self.form.values)
        values = check_values(
            mechanism,
            self.form.values,
            asks=tuple(self.form.values),
            rows_before=situation.values,
            knows_organ=world.knows_organ,
        )
        concealed = conceal(mechanism, situation.uid, values)
        draft = correct(
            mechanism,
            situation,
            of_seq=self.seq,
            values=concealed.values,
            reason=reason,
            acting=Acting(self.hand.actor.for_organ, today(self.hand.now), self.hand.now),
            world=world,
        )
        after, record = append(self.standing, draft, hand=self.hand)
        keep(after.row.pk, concealed)
        evidence = (Enclosure(digest, sensitive=bool(concealed.envelopes)) for digest in self.form.files)
        attach(after.row, record, (), (*evidence, *enclosures(mechanism, values)))
        return done(after, record)

    def _require_given(self) -> None:
        """Refuse what this organ did not give by this record, or what a later record has given anew."""
        row = self.standing.row
        wrong = RecordRow.objects.filter(matter=row, seq=self.seq).first()
        if wrong is None:
            raise NothingToCorrect(f"本件没有第 {self.seq} 号记录", remedy="请核对记录号。", field="seq")
        giver = wrong.on_behalf_of or wrong.organ
        if self.hand.actor.for_organ not in self._may_correct(giver):
            who = f"由 {giver} 作出" if giver else "由系统作出"
            raise NotYourTurn(
                f"第 {self.seq} 号记录{who}，{self.hand.actor.for_organ} 不能更正",
                remedy="请由作出该记录的单位更正；有不同意见的，可以批注说明。",
                field="seq",
            )
        self._require_in_force(wrong.values)

    def _may_correct(self, giver: str) -> Collection[str]:
        """Return the organs that answer for what an organ has given: itself, and who came after it."""
        return (giver, successor_of(organ_by_code(giver), on=self.hand.world.on).code) if giver else ()

    def _require_in_force(self, given: Collection[str]) -> None:
        titles = {key: title_of(self.standing.mechanism, key) for key in given}
        if not self.form.values or not self.form.values.keys() <= titles.keys():
            known = "、".join(f"{title}（{key}）" for key, title in titles.items()) or "无"
            raise NothingToCorrect(f"第 {self.seq} 号记录填写的是：{known}", remedy="请只更正其中的内容。")
        for key in self.form.values:
            last = RecordRow.objects.filter(matter=self.standing.row, **{f"values__{key}__isnull": False}).latest("seq")
            if last.seq != self.seq and last.resolved.get("corrects") != self.seq:
                raise NothingToCorrect(
                    f"“{titles[key]}”已由第 {last.seq} 号记录重新填写",
                    remedy=f"如仍有误，请更正第 {last.seq} 号记录。",
                    field=key,
                )


def matters_behind(key: str) -> list[str]:
    """Return the running matters of a mechanism, and of what it awaits, on a former version. Raises: `UnknownMechanism`."""
    with one_act():
        _, digest = current(key)
        own = Q(mechanism=key) | Q(mechanism__startswith=f"{key}/")
        found = Matter.objects.filter(own, phase=Phase.OPEN).exclude(declaration_id=bytes.fromhex(digest))
        return [str(uid) for uid in found.order_by("pk").values_list("uid", flat=True)]


def move_to_current_version(uid: str, *, now: datetime) -> Done:
    """
    Lead a running matter over to the current version of its mechanism.

    Raises: `NoSuchMatter`; `NotOffered` for a closed matter, one that is there already, and one whose state the new
    version does not say where to lead.
    """
    with one_act():
        standing = lock(uid)
        now = not_before_last(standing.situation, now)
        world = DatabaseWorld(on=today(now))
        here(standing.mechanism, standing.situation)
        mechanism, digest = current(standing.row.mechanism)
        if digest == standing.situation.declaration:
            raise NotOffered(f"本件已按“{mechanism.title}”现行版本办理", remedy="无需换版。")
        draft = move_version(
            mechanism,
            standing.situation,
            declaration=digest,
            acting=Acting(standing.situation.holder, today(now), now),
            world=world,
        )
        hand = Hand(ENGINE, now, world, f"“{mechanism.title}”第 {mechanism.version} 版施行")
        after, record = append(replace(standing, mechanism=mechanism), draft, hand=hand)
        follow_up(after, record, hand=hand)
        return done(after, record)

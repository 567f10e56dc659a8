"""Applying a pack: organs, relations, settings and tasks of a place, as far as they are not there yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.db import transaction

from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.place_settings import CADENCES_KEY, GOALS_KEY, MECHANISMS_KEY
from fuyuantong.matters.services.setting import set_list, set_mechanisms, set_organs, set_term
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account, Organ, OrganName, OrganRelation, Tenure
from fuyuantong.organs.queries import region_on
from fuyuantong.organs.regions import add_region
from fuyuantong.organs.services import NewOrgan, found_organ, relate
from fuyuantong.organs.staffing import appoint, open_account, open_post
from fuyuantong.organs.vocabulary import POST_TITLES, SINGLE_RELATIONS, PostKind, RelationKind
from fuyuantong.plans.models.organisation import Seat
from fuyuantong.plans.organisation import SECTIONS, SeatPart, Section
from fuyuantong.plans.pack import Pack, PackOrgan, PackSeat
from fuyuantong.plans.services.organisation import NewSeat, take_seat
from fuyuantong.plans.services.pack_tasks import publish_tasks, tasks_are_there

HAND: Final = "pack.{}"
MOMENT: Final = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What applying a pack did, or would do: `done` in words, one thing each; `kept`: how much was there already."""

    done: tuple[str, ...]
    kept: int
    unmapped: tuple[str, ...] = ()


def apply_pack(pack: Pack, *, by: Account | None = None, now: datetime, dry_run: bool = False) -> Applied:
    """
    Set a place up by a pack, whole or not at all; what is there already stays as it is, twice is no change.

    Without `by` whoever has a post in the pack's office acts; where nobody has one yet, an account that nobody can
    sign in to holds it for this act alone.
    Raises: what founding organs, setting and publishing refuse.
    """
    work = _Work(pack, by, now)
    with transaction.atomic():
        work.apply()
        if dry_run:
            transaction.set_rollback(True)
    return Applied(done=tuple(work.done), kept=work.kept, unmapped=tuple(work.unmapped))


@dataclass
class _Work:
    """One application of a pack; `organs` are the organs of the directory by the codes of the pack."""

    pack: Pack
    by: Account | None
    now: datetime
    organs: dict[str, Organ] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    kept: int = 0
    unmapped: Sequence[str] = ()

    @property
    def founded_on(self) -> date:
        """Return the day from which organs of the pack exist where nobody has entered them."""
        return self.pack.issued_on.replace(month=1, day=1)

    @cached_property
    def hand(self) -> Account:
        """Return who acts: looked for, and made, only when there is something to do."""
        office = self.organs[self.pack.office]
        return self.by or self._official(office) or self._hand(office)

    def apply(self) -> None:
        for code in sorted(self.pack.regions, key=lambda code: (len(code), not code.endswith("0000"), code)):
            self._region(code)
        for organ in self.pack.organs:
            self.organs[organ.code] = self._organ(organ)
        for holder, relation, target in self.pack.relations:
            self._relation(self.organs[holder], relation, self.organs[target])
        with acting():
            self._settings()
        self._seats()
        if self.pack.tasks:
            self._publish(self.organs[self.pack.office])

    def _region(self, code: str) -> None:
        if region_on(code, on=self.founded_on) or region_on(code, on=self.now.date()):
            self.kept += 1
            return
        name = self.pack.regions[code]
        add_region(code, name=name, effective_on=self.founded_on, by=None, now=self.now)
        self.done.append(f"区划 {name}（{code}）")

    def _organ(self, wanted: PackOrgan) -> Organ:
        found = Organ.objects.filter(code=wanted.code).first() or self._named(wanted)
        if found:
            self.kept += 1
            return found
        new = NewOrgan(
            code=wanted.code,
            branch=wanted.branch,
            kind=wanted.kind,
            region_code=wanted.region,
            full=wanted.full,
            short=wanted.short,
            node_id=wanted.node,
            online=wanted.online,
        )
        self.done.append(f"单位 {wanted.full}（{wanted.code}）")
        return found_organ(new, effective_on=self.founded_on, by=None, now=self.now)

    def _named(self, wanted: PackOrgan) -> Organ | None:
        """Return the organ of the same division that bears the full name today."""
        names = OrganName.objects.filter(
            full=wanted.full, organ__region_code=wanted.region, valid__contains=self.now.date()
        )
        name = names.select_related("organ").first()
        return name.organ if name else None

    def _relation(self, holder: Organ, relation: RelationKind, target: Organ) -> None:
        running = OrganRelation.objects.filter(relation=relation, to_organ=target, valid__contains=self.now.date())
        if relation not in SINGLE_RELATIONS:
            running = running.filter(from_organ=holder)
        if running.exists():
            self.kept += 1
            return
        since = max(self.founded_on, holder.valid_from, target.valid_from)
        relate(holder, relation, target, effective_on=since, by=None, now=self.now)
        self.done.append(f"关系 {holder.code} {relation} {target.code}")

    def _official(self, office: Organ) -> Account | None:
        """Return somebody of the office who is there now."""
        held = Tenure.objects.filter(post__organ=office, post_kind=PostKind.OFFICE, valid__contains=self.now)
        tenure = held.filter(account__is_active=True).select_related("account").order_by("pk").first()
        return tenure.account if tenure else None

    def _hand(self, office: Organ) -> Account:
        """Let an account that nobody can sign in to hold a post of the office for a moment."""
        username = HAND.format(self.pack.region)
        account = Account.objects.filter(username=username).first()
        if account is None:
            account = open_account(username, display_name="方案包", by=None, now=self.now)
        post = open_post(office, kind=PostKind.OFFICE, title=POST_TITLES[PostKind.OFFICE], by=None, now=self.now)
        appoint(account, post=post, since=self.now, until=self.now + MOMENT, by=None, now=self.now)
        return account

    def _settings(self) -> None:
        pack = self.pack
        for one in pack.terms:
            if self._differs(one.key, {"term": one.term.to_data()}, f"期限 {one.key} 为{one.term.title}"):
                set_term(one.key, one.term, basis=one.basis, **self._ground())
        for named in pack.named:
            codes = [self.organs[code].code for code in named.organs]
            if self._differs(named.key, {"organs": codes}, f"指定单位 {named.key}：{'、'.join(codes)}"):
                set_organs(named.key, codes, basis=named.basis, **self._ground())
        on = sorted(pack.mechanisms)
        if on and self._differs(MECHANISMS_KEY, {"on": on}, f"启用机制 {len(on)} 项"):
            set_mechanisms(on, basis=pack.basis, **self._ground())
        for key, title, rows in (
            (CADENCES_KEY, "例会和报送周期", [self._with_codes(asdict(one)) for one in pack.cadences]),
            (GOALS_KEY, "指标目标", [asdict(one) for one in pack.goals]),
        ):
            if rows and self._differs(key, {"rows": rows}, f"{title} {len(rows)} 项"):
                set_list(key, rows, basis=pack.basis, **self._ground())

    def _ground(self) -> dict[str, Any]:
        """Return for whom, from when and by whom something is set."""
        return {"region_code": self.pack.region, "valid_from": self.pack.issued_on, "by": self.hand, "now": self.now}

    def _with_codes(self, cadence: dict[str, Any]) -> dict[str, Any]:
        """Return a cadence whose organs bear the codes of the directory."""
        return {
            **cadence,
            **{key: [self.organs[code].code for code in cadence[key]] for key in ("convenors", "members")},
        }

    def _differs(self, key: str, value: Mapping[str, Any], said: str) -> bool:
        """Tell whether the region's own setting is another one, or none; what people set from a later day on stays."""
        last = PlaceSetting.objects.filter(region_code=self.pack.region, key=key).order_by("-valid_from", "-pk").first()
        if last and (last.value == value or last.valid_from > self.pack.issued_on):
            self.kept += 1
            return False
        self.done.append(said)
        return True

    def _seats(self) -> None:
        host = PackSeat(
            section=Section.OFFICE, part=SeatPart.HOST, theme="", organ=self.pack.host, post="", note=self.pack.basis
        )
        for seat in (host, *self.pack.seats):
            self._seat(seat)

    def _seat(self, seat: PackSeat) -> None:
        """Enter a seat, unless it is taken, or was: who ended it knew better."""
        organ = self.organs[seat.organ] if seat.organ else None
        known = Seat.objects.filter(
            region_code=self.pack.region, section=seat.section, part=seat.part, theme=seat.theme, post=seat.post
        )
        if known.filter(organ=organ).exists():
            self.kept += 1
            return
        new = NewSeat(
            section=seat.section,
            part=seat.part,
            theme=seat.theme,
            organ=organ,
            post=seat.post,
            note=seat.note,
            valid_from=max(self.pack.issued_on, organ.valid_from) if organ else self.pack.issued_on,
        )
        take_seat(new, region_code=self.pack.region, by=self.hand, now=self.now)
        kind = SECTIONS[seat.section]
        said = " ".join(part for part in (seat.theme, organ.code if organ else "", seat.post) if part)
        self.done.append(f"{kind.title} {kind.seats[seat.part].title}：{said}")

    def _publish(self, office: Organ) -> None:
        if tasks_are_there(self.pack):
            self.kept += len(self.pack.tasks)
            return
        published = publish_tasks(self.pack, office=office, by=self.hand, now=self.now)
        self.unmapped = published.unmapped
        self.kept += published.same
        self.done += _told(
            self.pack, (("新列", published.new), ("改写", published.reworded), ("销号", published.closed))
        )


def _told(pack: Pack, counts: Iterable[tuple[str, int]]) -> list[str]:
    return [f"《{pack.plan}》{what}任务 {count} 项" for what, count in counts if count]

"""再次发生: earlier matters that may have raised the same problem, and what people found; the page of all that recurred."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from fuyuantong.desk.matters.subject import Subject, Tags, subject_of
from fuyuantong.desk.refusals import tell_on_next_page
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.affairs import titled_state
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.recurrences import Former, chain_of_recurrence, formers, recurrences, recurs_of
from fuyuantong.matters.services.inner import InnerKind
from fuyuantong.matters.services.recurrence import judge_recurrence
from fuyuantong.matters.sight import visible_to
from fuyuantong.organs.identity import read_uid
from fuyuantong.protocol import Json
from fuyuantong.refusal import Refusal

YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Raised:
    """A former matter: `later` is what came of it afterwards, in words."""

    matter: Matter
    mechanism: str
    ended: str
    later: tuple[str, ...]


@dataclass(frozen=True)
class Proposed:
    """A former matter that may have raised the same problem, and why it is thought so."""

    former: Raised
    why: Former


@dataclass(frozen=True)
class Recurring:
    """What the card shows: how often the problem was raised by now, the other times, and what is proposed."""

    nth: int
    times: int
    others: tuple[Raised, ...]
    proposed: tuple[Proposed, ...]
    may_judge: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not self.others and not self.proposed


NOTHING = Recurring(1, 1, (), (), may_judge=False)


def recurring_of(subject: Subject) -> Recurring:
    """Return what recurs with a matter, or with the one of which it is a part."""
    row = next((one.matter for one in subject.page.links if _is_parent(one.kind, one.outward)), subject.page.matter)
    if recurs_of(row.mechanism) is None:
        return NOTHING
    others, nth = _others(subject, row)
    own = subject.own
    judges = row.pk == subject.page.matter.pk and own is not None and own.code == subject.situation.initiator
    may_judge = judges and subject.may()
    found = (
        formers(subject.reader, row, {**row.values, **_drafted(subject)}, on=subject.visit.today) if may_judge else []
    )
    told = _raised(subject, [former.matter for former in found])
    return Recurring(
        nth=nth,
        times=len(others) + 1,
        others=tuple(_raised(subject, others)),
        proposed=tuple(Proposed(one, former) for one, former in zip(told, found, strict=True)),
        may_judge=may_judge,
    )


@require_safe
@at_desk
def recurrence_part(visit: Visit, uid: UUID) -> HttpResponse:
    """Return the card anew, after a draft was kept."""
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        return visit.part("desk/matter/recurrence.html", {"recurring": recurring_of(subject), "subject": subject})


@require_POST
@at_desk
def judge(visit: Visit, uid: UUID) -> HttpResponse:
    """Say whether a former matter raised the same problem."""
    data = visit.request.POST
    is_same = data.get("same") == "yes"
    try:
        judge_recurrence(str(uid), read_uid(data.get("former", "")), is_same=is_same, by=visit.by(), now=visit.now)
    except Refusal as refusal:
        tell_on_next_page(visit.request, refusal, on=visit.today)
    else:
        said = "已认定为同一问题再次发生，两件事项互相关联。" if is_same else "已认定不是同一问题，不再提示。"
        messages.success(visit.request, said)
    return redirect("matter", uid)


@require_safe
@at_desk
def recurrence_page(visit: Visit) -> HttpResponse:
    """Show what recurred within a year: how often to which organ, and each of them."""
    with visit.reading() as reader:
        found = recurrences(reader, since=visit.today - YEAR)
        tags, counts = Tags(visit), Counter(organ for one in found for organ in one.organs)
        tags.learn(counts)
        lines = [
            (one, declared(one.matter.mechanism, one.matter.declaration_id).title, [tags[code] for code in one.organs])
            for one in found
        ]
        context = {"lines": lines, "counts": [(tags[code], n) for code, n in counts.most_common()]}
        return visit.page("desk/recurrences.html", context)


def _is_parent(kind: str, outward: bool) -> bool:
    return kind == LinkKind.CHILD and not outward


def _others(subject: Subject, row: Matter) -> tuple[list[Matter], int]:
    """Return the other matters of the chain, the oldest first, and which of all this one is, counted from 1."""
    is_linked = row.pk != subject.page.matter.pk or any(one.kind == LinkKind.RECURS for one in subject.page.links)
    chain = chain_of_recurrence(row.uid) if is_linked else [row.uid]
    others = (
        list(visible_to(subject.reader).filter(uid__in=chain).exclude(pk=row.pk).order_by("pk")) if chain[1:] else []
    )
    return others, 1 + sum(1 for other in others if other.pk < row.pk)


def _drafted(subject: Subject) -> Mapping[str, Json]:
    """Return what the own organ has drafted in this stay, for whatever act."""
    own = subject.own.id if subject.own else 0
    found: dict[str, Json] = {}
    for record in subject.inner:
        is_draft = record.kind in (InnerKind.DRAFTED, InnerKind.PROPOSED) and record.organ_id == own
        values = record.values.get("values")
        if is_draft and record.values.get("stay") == subject.situation.stay_seq and isinstance(values, dict):
            found |= values
    return found


def _raised(subject: Subject, rows: Iterable[Matter]) -> list[Raised]:
    rows = list(rows)
    later: dict[UUID, list[str]] = {row.uid: [] for row in rows}
    opened = dict(
        Link.objects.filter(from_uid__in=later, kind=LinkKind.OPENED).values_list("to_uid", "from_uid") if rows else ()
    )
    for row in visible_to(subject.reader).filter(uid__in=opened) if opened else ():
        title = declared(row.mechanism, row.declaration_id).title
        later[opened[row.uid]].append(f"{title}：{titled_state(row)}")
    return [
        Raised(row, declared(row.mechanism, row.declaration_id).title, titled_state(row), tuple(later[row.uid]))
        for row in rows
    ]

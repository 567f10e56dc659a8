"""Reading one matter: its page, its trail, its slips and files, under both walls."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from fuyuantong.matters.models.clock import Clock
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.link import Link
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.number import NumberTaken
from fuyuantong.matters.models.party import Party, Sight
from fuyuantong.matters.models.record import InnerRecord, Record
from fuyuantong.matters.models.row import MatterRow
from fuyuantong.matters.models.slip import Slip
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.refusal import Concealed


class NoSuchMatter(Concealed):
    """Say that there is none, or none that may be seen: the answer is the same for both."""

    key = "no-such-matter"
    title = "没有这件事项，或者您看不到它"


class NoSuchFile(Concealed):
    """Say that there is no such attachment, or none that may be seen."""

    key = "no-such-file"
    title = "没有这个附件，或者您看不到它"


@dataclass(frozen=True, slots=True)
class Linked:
    """A matter on the other end of a link; `outward` when this one points at it."""

    kind: str
    outward: bool
    round: int
    matter: Matter


@dataclass(frozen=True, slots=True)
class MatterPage:
    """
    One matter as it stands, and what stands beside it.

    Shape: the matter with holder and initiator loaded; parties in order of joining, their organs loaded; clocks
    without their proofs; links to matters that the reader sees too.
    """

    matter: Matter
    parties: tuple[Party, ...]
    clocks: tuple[Clock, ...]
    rows: tuple[MatterRow, ...]
    numbers: tuple[NumberTaken, ...]
    links: tuple[Linked, ...]


def matter_page(reader: Reader, uid: UUID) -> MatterPage:
    """
    Return a matter that the reader sees.

    Raises: `NoSuchMatter`.
    """
    matter = visible_to(reader).filter(uid=uid).select_related("holder", "initiator").first()
    if matter is None:
        raise no_such_matter(uid)
    of_matter = Q(matter_id=matter.pk)
    return MatterPage(
        matter=matter,
        parties=tuple(
            Party.objects.filter(of_matter).select_related("organ").order_by("since_seq", "role", "organ_id")
        ),
        clocks=tuple(Clock.objects.filter(of_matter).defer("proof").order_by("name", "lap")),
        rows=tuple(MatterRow.objects.filter(of_matter).order_by("field", "row_key")),
        numbers=tuple(NumberTaken.objects.filter(of_matter).order_by("year", "kind", "serial")),
        links=tuple(_links(reader, uid)),
    )


def trail(reader: Reader, uid: UUID) -> list[Record]:
    """
    Return the records that were shown to the reader, in order; after the end of a part those until then.

    Raises: `NoSuchMatter`.
    """
    matter_id, spans = _shown(reader, uid)
    return list(Record.objects.filter(_within(spans, "seq"), matter_id=matter_id).order_by("seq"))


def inner_trail(reader: Reader, uid: UUID) -> list[InnerRecord]:
    """
    Return what the reader's own organs keep to themselves about a matter, by organ and in order.

    Raises: `NoSuchMatter`.
    """
    matter_id, _ = _shown(reader, uid)
    own = InnerRecord.objects.filter(matter_id=matter_id, organ_id__in=reader.organs)
    return list(own.order_by("organ_id", "seq"))


def slips(reader: Reader, uid: UUID) -> list[Slip]:
    """
    Return the slips of a matter: all of the reader's own organs, admitted or not, and of others those admitted.

    Raises: `NoSuchMatter`.
    """
    matter_id, spans = _shown(reader, uid)
    admitted = Q(matter_id=matter_id) & _within(spans, "admitted_seq")
    found = Slip.objects.filter(Q(matter_uid=uid), admitted | Q(organ_id__in=reader.organs))
    return list(found.select_related("organ").order_by("created_at", "uid"))


def attachments(reader: Reader, uid: UUID) -> list[Attachment]:
    """
    Return the files on the records shown, those marked sensitive only to who sees contents, and own inner files.

    Raises: `NoSuchMatter`.
    """
    matter_id, _ = _shown(reader, uid)
    return list(_attachments(reader, matter_id).order_by("seq", "id"))


def attachment(reader: Reader, attachment_id: int) -> Attachment:
    """
    Return one file, its content's digest and type loaded.

    Raises: `NoSuchFile`.
    """
    found = Attachment.objects.filter(pk=attachment_id).first()
    seen = found and _attachments(reader, found.matter_id).filter(pk=attachment_id).select_related("blob").first()
    if not seen:
        raise NoSuchFile(f"附件 {attachment_id}", remedy="请回到事项页面核对；附件只对看得到所在记录的人显示")
    return seen


def matters_with_secret(reader: Reader, *, kind: str, mac: bytes) -> list[Matter]:
    """Return the matters, newest first, that hold this exact secret and whose contents the reader sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT blind_matches(%s, %s)", [kind, mac])
        (ids,) = cursor.fetchone()
    return list(visible_to(reader).filter(pk__in=ids).order_by("-id")) if ids else []


def spans_of(scopes: Sequence[int], matter_id: int) -> list[Sight]:
    """Return what the given scopes were shown of a matter."""
    return list(Sight.objects.filter(scope_id__in=scopes, matter_id=matter_id).order_by("scope_id"))


def shown_matter(uid: UUID) -> int | None:
    """Return the local id of a matter of which the present reader was shown something, None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shown_matter(%s)", [uid])
        (matter_id,) = cursor.fetchone()
    return matter_id


def _shown(reader: Reader, uid: UUID) -> tuple[int, list[Sight]]:
    matter_id = shown_matter(uid)
    spans = spans_of(reader.scopes, matter_id) if matter_id is not None else []
    if matter_id is None or not spans:
        raise no_such_matter(uid)
    return matter_id, spans


def _within(spans: Sequence[Sight], column: str) -> Q:
    # an empty disjunction would mean all
    inside = Q(pk__in=[])
    for span in spans:
        last = {} if span.until_seq is None else {f"{column}__lte": span.until_seq}
        inside |= Q(**{f"{column}__gte": span.from_seq}, **last)
    return inside


def _attachments(reader: Reader, matter_id: int) -> QuerySet[Attachment]:
    shown = _within(spans_of(reader.scopes, matter_id), "seq")
    in_full = _within(spans_of(reader.contents, matter_id), "seq")
    return Attachment.objects.filter(
        Q(inner=True, organ_id__in=reader.organs) | Q(inner=False) & ((Q(sensitive=False) & shown) | in_full),
        matter_id=matter_id,
    )


def _links(reader: Reader, uid: UUID) -> list[Linked]:
    found = list(Link.objects.filter(Q(from_uid=uid) | Q(to_uid=uid)).order_by("round", "to_uid", "from_uid", "kind"))
    ends = {link.to_uid for link in found} | {link.from_uid for link in found}
    seen = {matter.uid: matter for matter in visible_to(reader).filter(uid__in=ends)}
    others = [(link, link.to_uid if link.from_uid == uid else link.from_uid) for link in found]
    return [Linked(link.kind, link.from_uid == uid, link.round, seen[other]) for link, other in others if other in seen]


def no_such_matter(uid: object) -> NoSuchMatter:
    """Return the answer to who asks for a matter that is not there, or that they may not see: the same for both."""
    remedy = "请核对编号；如确需查看，请向承办单位了解，或请系统管理员核对您的任职。"
    return NoSuchMatter(f"编号 {uid}", remedy=remedy, field="matter")

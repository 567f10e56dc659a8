"""受保护的内容: showing a sealed value once, for a purpose that is written down first, and who looked before."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.matters.subject import Subject, subject_of
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.readings import Readings, readings
from fuyuantong.matters.sealed_places import place_title, sealed_places
from fuyuantong.matters.services.keys import key_ring
from fuyuantong.matters.unmasking import NoPurpose, unmask
from fuyuantong.organs.models import Account
from fuyuantong.protocol import Json
from fuyuantong.refusal import Refusal

OTHER = "其他"
PURPOSES = ("核实当事人身份", "联系当事人", "制作、送达文书", "查明事实", "办理移送、协查", OTHER)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A sealed value, once: a text, or files."""

    title: str
    text: str
    files: tuple[Attachment, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def unmasking(visit: Visit, uid: UUID) -> HttpResponse:
    """Show the form and who looked; after a purpose was given, the value."""
    typed = visit.request.POST
    disclosed, refusal = None, None
    if visit.request.method == "POST":
        try:
            disclosed = _disclosed(visit, uid, typed)
        except Refusal as refused:
            refusal = refused
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        log = readings(matter_id=subject.page.matter.pk)
        context = {
            "subject": subject,
            "places": sealed_places(subject.mechanism, subject.situation.values),
            "purposes": PURPOSES,
            "typed": typed if refusal else {"place": visit.request.GET.get("place", "")},
            "disclosed": disclosed,
            "refusal": refusal,
            "looks": _looks(subject, log),
            "more": bool(log.below),
        }
        return visit.page("desk/matter/unmask.html", context)


def _disclosed(visit: Visit, uid: UUID, typed: Mapping[str, str]) -> Disclosed:
    field, _, row_key = typed.get("place", "").partition("/")
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        files = {bytes(found.blob_id).hex(): found for found in subject.attachments}
    title = place_title(subject.mechanism, field, row_key)
    value = unmask(
        visit.account, at=visit.now, uid=uid, place=(field, row_key), purpose=_purpose(typed), ring=key_ring()
    )
    if isinstance(value, list):
        return Disclosed(title, "", tuple(files[str(digest)] for digest in value if str(digest) in files))
    return Disclosed(title, _said(value))


def _purpose(typed: Mapping[str, str]) -> str:
    usual, more = typed.get("purpose", ""), typed.get("more", "").strip()[:LONGEST]
    if usual not in PURPOSES:
        raise NoPurpose(
            "没有选择查看用途", basis="个人信息保护法第五十一条", remedy="请选择一项用途。", field="purpose"
        )
    if usual == OTHER and not more:
        raise NoPurpose(
            "选择“其他”的，须写明具体用途", basis="个人信息保护法第五十一条", remedy="请写明办理事由。", field="more"
        )
    return f"{usual}：{more}" if more else usual


def _said(value: Json) -> str:
    return "" if value is None else str(value)


def _looks(subject: Subject, log: Readings) -> list[tuple[str, str, object, str]]:
    """Return who looked at what, when and what for, as far as the person may know."""
    people = Account.objects.in_bulk({row.account_id for row in log.rows})
    return [
        (
            people[row.account_id].display_name,
            place_title(subject.mechanism, row.field, row.row_key),
            row.at,
            row.purpose,
        )
        for row in log.rows
    ]

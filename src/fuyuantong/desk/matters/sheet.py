"""办理单: a matter on A4 paper, with a QR code of its address and the digests by which the paper can be checked."""

from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from fuyuantong.clock.running import clock_from
from fuyuantong.desk.matters.road import stays_of
from fuyuantong.desk.matters.story import story_of
from fuyuantong.desk.matters.subject import Subject, subject_of
from fuyuantong.desk.matters.values import values_of
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.console.labels import clock_title, state_title
from fuyuantong.matters.models.clock import ClockState
from fuyuantong.matters.models.matter import Phase, Provenance

MODULE = 3  # pixels of one dark square


@require_safe
@at_desk
def sheet(visit: Visit, uid: UUID) -> HttpResponse:
    """Show a matter as it is printed."""
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        row, situation = subject.page.matter, subject.situation
        names, address = subject.names, address_of(visit, uid)
        names.learn([situation.holder, situation.initiator, *(party.organ.code for party in subject.page.parties)])
        return visit.part(
            "desk/matter/sheet.html",
            {
                "subject": subject,
                "row": row,
                "is_open": row.phase == Phase.OPEN,
                "state": state_title(subject.mechanism, row.state),
                "provenance": "" if row.provenance == Provenance.LIVE else Provenance(row.provenance).label,
                "holder": names[situation.holder] if situation.holder else "",
                "initiator": names[situation.initiator],
                "stays": _stays(subject),
                "values": values_of(subject, situation.values),
                "parties": _parties(subject),
                "clocks": list(_clocks(subject)),
                "story": list(reversed(story_of(subject))),
                "head": bytes(row.head).hex(),
                "address": address,
                "code": qr_code(address),
            },
        )


def address_of(visit: Visit, uid: UUID) -> str:
    """Return the address of a matter as it stands on paper."""
    path = reverse("matter", args=(uid,))
    return f"{settings.SITE_URL.rstrip('/')}{path}" if settings.SITE_URL else visit.request.build_absolute_uri(path)


def qr_code(text: str) -> SafeString:
    """Return a text as a QR code, an SVG element without style or script."""
    # made of squares alone: nothing of the text stands in the markup
    return mark_safe(segno.make(text, error="m").svg_inline(scale=MODULE, border=2, omitsize=True))


def _stays(subject: Subject) -> list[tuple[str, str, object, object]]:
    mechanism, names = subject.mechanism, subject.names
    return [
        (state_title(mechanism, stay.state), names[stay.holder] if stay.holder else "", stay.since, stay.until)
        for stay in stays_of(subject.records)
    ]


def _parties(subject: Subject) -> list[tuple[str, str]]:
    return [(title, "、".join(subject.names[code] for code in codes)) for title, codes in subject.parts().items()]


def _clocks(subject: Subject) -> list[tuple[str, str, str, object, object, str]]:
    """Return every lap of every clock: what it is, by which rule, since when, until when, and how it stands."""
    return [
        (
            f"{clock_title(subject.mechanism, row.name)}{f'（第 {row.lap} 次）' if row.lap > 1 else ''}",
            (clock := clock_from(row.rule)).rule.said,
            clock.rule.basis,
            row.started_on,
            row.due_on,
            ClockState(row.state).label,
        )
        for row in subject.page.clocks
    ]

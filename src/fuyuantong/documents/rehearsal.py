"""Documents of the demo county: of each kind one was drawn up, signed, and went out with its act."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Final

from fuyuantong import catalogue
from fuyuantong.documents import services
from fuyuantong.documents.drafts import drafts_of
from fuyuantong.documents.kinds import kinds_open
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.models.record import InnerRecord, Record
from fuyuantong.matters.rehearsal.stage import standing_now
from fuyuantong.matters.services.actors import MAY_SIGN, By
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Tenure
from fuyuantong.protocol.document_kinds import BLANK, DocumentKind
from fuyuantong.typesetting.document import OfficialDocument

AFTER_THE_ACT: Final = timedelta(minutes=40)
MOST, MOST_LOOKED_AT = 60, 12
MADE_UP: Final = "（演练）"


@dataclass(frozen=True)
class _Act:
    """An act with which a document went out."""

    matter: Matter
    record: Record
    kind: DocumentKind


def issue_one_of_each(region: str, *, most: int = MOST) -> int:
    """Draw up, sign and issue a document of every kind with which an act went out in a region; return how many."""
    with acting():
        return sum(_issued(act) for act in islice(_acts(region), most))


def _acts(region: str) -> Iterator[_Act]:
    """Yield the latest act of each kind whose organ has somebody who signs."""
    for key, mechanism in catalogue.MECHANISMS.items():
        for kind in catalogue.document_kinds(key):
            moves = [
                move.key
                for state in mechanism.states
                for move in getattr(state, "moves", ())
                if move.drafts == kind.key
            ]
            made = Record.objects.filter(matter__mechanism=key, matter__provenance=Provenance.TRAINING, move__in=moves)
            made = made.filter(matter__region_code__startswith=region).select_related("matter").order_by("-recorded_at")
            found = next((one for one in made[:MOST_LOOKED_AT] if _may_issue(one, kind)), None)
            if found is not None:
                yield _Act(found.matter, found, kind)


def _may_issue(record: Record, kind: DocumentKind) -> bool:
    """Tell whether the organ that acted has somebody who signs, and may still draw the document up."""
    standing = standing_now(str(record.matter.uid))
    open_now = kinds_open(standing, record.organ, today=record.effective_on)
    return kind in open_now and _signer(record.organ) is not None


def _signer(organ: str) -> Tenure | None:
    signs = Tenure.objects.filter(post__organ__code=organ, post__kind__in=MAY_SIGN, valid__endswith=None)
    return signs.select_related("account").order_by("pk").first()


def _issued(act: _Act) -> bool:
    tenure, uid = _signer(act.record.organ), str(act.matter.uid)
    if tenure is None:
        return False
    last = Record.objects.filter(matter=act.matter).latest("seq")
    by, now = By(tenure.account, organ=act.record.organ), last.recorded_at + AFTER_THE_ACT
    document = services.draft(uid, act.kind.key, by=by, now=now)
    content = _filled(_content(act, document))
    services.edit(uid, document, content, after=_last(act), by=by, now=now)
    return services.approve(uid, document, after=_last(act), by=by, now=now)


def _trail(act: _Act) -> list[InnerRecord]:
    return list(InnerRecord.objects.filter(matter=act.matter, organ__code=act.record.organ).order_by("seq"))


def _content(act: _Act, document: str) -> OfficialDocument:
    trail = _trail(act)
    return next(one for one in drafts_of(trail, organ_id=trail[-1].organ_id) if one.uid == document).document


def _last(act: _Act) -> int:
    return _trail(act)[-1].seq


def _filled(content: OfficialDocument) -> OfficialDocument:
    """Return it with something in the places that nobody has filled in."""
    return replace(
        content,
        title=content.title.replace(BLANK, MADE_UP),
        addressees=content.addressees.replace(BLANK, MADE_UP),
        note=content.note.replace(BLANK, MADE_UP),
        copies=content.copies.replace(BLANK, MADE_UP),
        body=tuple(part.replace(BLANK, MADE_UP) for part in content.body),
    )

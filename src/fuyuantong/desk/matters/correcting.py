"""更正: what one record gave is replaced by a record of its own; what stood there stays on the trail."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.forms.boxes import Kept, boxes_of
from fuyuantong.desk.forms.posted import Posted, changes_rows, posted
from fuyuantong.desk.matters.subject import Subject, subject_of
from fuyuantong.desk.refusals import with_names
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.console.labels import act_title
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.amending import correct_record
from fuyuantong.matters.services.forms import Form
from fuyuantong.protocol import Json, Rows
from fuyuantong.protocol.fold import value_at
from fuyuantong.protocol.values import ValuesRefused, field_of, is_empty
from fuyuantong.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def correcting(visit: Visit, uid: UUID, seq: int) -> HttpResponse:
    """Show what a record gave as a form, and replace what was changed in it."""
    data, given, refusal = visit.request.POST, None, None
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        record = next((one for one in subject.records if one.seq == seq), None)
        keys = correctable(subject, record) if record else ()
    if record is None or not keys:
        return redirect("matter", uid)
    if visit.request.method == "POST":
        given = posted(subject.mechanism, data, visit.request.FILES, asked=keys, now=visit.now)
        if not changes_rows(data):
            try:
                _correct(visit, subject, seq, given)
            except Refusal as refused:
                refusal = with_names(refused, on=visit.today)
            else:
                messages.success(visit.request, "已更正。原来的记录保留，更正另记一条，有关单位都看得到。")
                return redirect("matter", uid)
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        return _shown(subject, record, keys, given=given, refusal=refusal)


def correctable(subject: Subject, record: Record) -> tuple[str, ...]:
    """Return what of a record the person may correct: given by the own organ, in force, and writable once more."""
    giver = record.on_behalf_of or record.organ
    if subject.own is None or giver != subject.own.code or record.on_behalf_of or not subject.may():
        return ()
    given = (key for key in record.values if _is_in_force(subject, record, key) and _is_writable(subject, key))
    order = [field.key for field in subject.mechanism.fields]
    return tuple(sorted(given, key=lambda key: order.index(key.partition(".")[0])))


def _is_in_force(subject: Subject, record: Record, key: str) -> bool:
    last = subject.gave_last[key]
    return record.seq in (last.seq, last.resolved.get("corrects"))


def _is_writable(subject: Subject, key: str) -> bool:
    """Tell whether a form can hold the value: of a table that was sealed, or filled in further since, a part would go."""
    found = field_of(subject.mechanism, key)
    if not isinstance(found, Rows):
        return True
    rows = value_at(subject.situation.values, key)
    filled = (name for row in rows if isinstance(row, dict) for name in row) if isinstance(rows, list) else ()
    return not any(column.secret for column in found.columns) and not {*filled} & {*found.later}


def _correct(visit: Visit, subject: Subject, seq: int, given: Posted) -> None:
    by = replace(visit.by(), organ=subject.own.code if subject.own else "")
    data = visit.request.POST
    form = Form(dict(_changed(subject, given.values)), given.evidence, key=data.get("key", ""), names=given.names)
    correct_record(str(subject.uid), seq, reason=data.get("reason", ""), by=by, now=visit.now, form=form)


def _changed(subject: Subject, given: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    """Yield what is no longer as it was; a secret is not shown, so that an empty box leaves it as it is."""
    for key, value in given.items():
        if not (field_of(subject.mechanism, key).secret and is_empty(value)):
            was = value_at(subject.situation.values, key)
            if _bare(value) != _bare(was):
                yield key, value


def _bare(value: Json) -> Json:
    """Return rows without what the platform keeps of each, texts without the blanks that a form may add."""
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if not key.startswith("$")}
    return value.strip() if isinstance(value, str) else value


def _shown(
    subject: Subject, record: Record, keys: tuple[str, ...], *, given: Posted | None, refusal: Refusal | None
) -> HttpResponse:
    standing = subject.situation.values
    desk = replace(subject.desk, files={**subject.desk.files, **(given.names if given else {})})
    boxes = boxes_of(
        subject.mechanism,
        asks=keys,
        may_ask=(),
        given=given.values if given else {key: value_at(standing, key) for key in keys},
        standing=standing,
        faults=refusal.faults if isinstance(refusal, ValuesRefused) else (),
        desk=desk,
    )
    context = {
        "subject": subject,
        "record": record,
        "title": act_title(subject.mechanism, record.kind, record.move, record.from_state),
        "boxes": boxes,
        "reason": subject.visit.request.POST.get("reason", ""),
        "evidence": [Kept(digest, given.names.get(digest, "")) for digest in given.evidence] if given else [],
        "refusal": refusal,
    }
    return subject.visit.page("desk/matter/correct.html", context)

"""Tables of a move filled in away from the desk: their templates, and what comes back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from fuyuantong.desk.forms.boxes import Box
from fuyuantong.desk.forms.row_sheets import Stamp, written, written_as_text
from fuyuantong.desk.forms.row_uploads import Expected, WrongSheet, rows_in
from fuyuantong.desk.matters.panel import Entry, panel_of
from fuyuantong.desk.matters.subject import Subject, subject_of
from fuyuantong.desk.refusals import with_names
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.refusal import Refusal

FILL: Final = "fill:"
TABLE: Final = "table:"


@require_safe
@at_desk
def template(visit: Visit, uid: UUID, move: str, field: str) -> FileResponse:
    """Send the template of a table that a move asks for, with what stands in it already; `?as=csv` as text."""
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        box = _box(subject, move, field)
        stamp = _stamp(subject, box)
    as_text = visit.request.GET.get("as") == "csv"
    file = written_as_text(box, stamp) if as_text else written(box, stamp)
    return FileResponse(file, as_attachment=True, filename=f"{stamp.title}-{box.title}.{'csv' if as_text else 'xlsx'}")


def fills_a_table(data: Mapping[str, str]) -> str:
    """Return the field whose table was uploaded, empty when another button was pressed."""
    do = data.get("do", "")
    return do.removeprefix(FILL) if do.startswith(FILL) else ""


def filled(subject: Subject, move: str, field: str, entry: Entry) -> Entry:
    """Return what was typed with the rows of the uploaded table in its place, or why it was not taken."""
    upload = subject.visit.request.FILES.get(f"{TABLE}{field}")
    try:
        box = _box(subject, move, field)
        if not isinstance(upload, UploadedFile) or upload.file is None:
            raise WrongSheet("没有选择文件", remedy="请先选择填好的表格，再读入。")
        rows = rows_in(upload.file, Expected(_stamp(subject, box), box, subject.mechanism, subject.world.knows_organ))
    except Refusal as refusal:
        return replace(entry, refusal=with_names(refusal, on=subject.visit.today), table=field)
    messages.success(subject.visit.request, f"已从《{upload.name}》读入 {len(rows)} 行，尚未提交；请核对后再提交。")
    return replace(entry, values={**entry.values, field: rows})


def _box(subject: Subject, move: str, field: str) -> Box:
    """Return the box of a table that can be filled in away from the desk; else there is none."""
    panel = panel_of(subject, wanted=move)
    if panel is not None and panel.move.key == move:
        for box in panel.boxes:
            if box.name == field and box.sheet:
                return box
    raise Http404


def _stamp(subject: Subject, box: Box) -> Stamp:
    row = subject.page.matter
    digest = bytes(row.declaration_id).hex()
    return Stamp(row.mechanism, digest, str(row.uid), box.name, row.title)

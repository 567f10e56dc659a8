"""After an act: the signed documents that waited for it go out by themselves."""

from uuid import UUID

from django.contrib import messages

from fuyuantong.desk.matters.documents.page import own
from fuyuantong.desk.matters.subject import subject_of
from fuyuantong.desk.visit import Visit
from fuyuantong.documents.drafts import Stage, drafts_of
from fuyuantong.documents.services import seal_waiting
from fuyuantong.refusal import Refusal


def issue_waiting(visit: Visit, uid: UUID) -> None:
    """Issue what waited for the act that was just made; that it could not be is told, and takes nothing back."""
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        drafts = drafts_of(subject.inner, organ_id=subject.own.id) if subject.own else []
        by = own(visit, subject)
    if not any(draft.stage == Stage.APPROVED for draft in drafts):
        return
    try:
        issued = seal_waiting(str(uid), by=by, now=visit.now)
    except Refusal as refusal:
        messages.warning(visit.request, f"正式文书没有生成：{refusal.detail}。请打开文书，重新生成。")
        return
    if issued:
        messages.success(visit.request, f"已生成正式文书 {issued} 份，记入本件经过。")

"""After an act: the signed documents that waited for it go out by themselves."""

from django.contrib import messages

from fuyuantong.desk.visit import Visit
from fuyuantong.documents.services import issue_after
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done
from fuyuantong.refusal import Refusal


def issue_waiting(visit: Visit, done: Done, *, by: By) -> None:
    """
    Issue what waited for the act that was just made; that it could not be is told, and takes nothing back.

    What nobody had drawn up stands on the page of the matter, before the act and after it.
    """
    try:
        found = issue_after(done, by=by, now=visit.now)
    except Refusal as refusal:
        messages.warning(visit.request, f"正式文书没有生成：{refusal.detail}。请打开文书，重新生成。")
        return
    if found.issued:
        messages.success(visit.request, f"已生成正式文书 {found.issued} 份，记入本件经过。")

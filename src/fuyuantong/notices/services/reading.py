"""What a person has read."""

from datetime import datetime

from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.session import one_act
from fuyuantong.notices.models import Told
from fuyuantong.organs.models import Account
from fuyuantong.refusal import Refusal


class NoSuchNotice(Refusal):
    """Say that there is no such notice, or that it is somebody else's."""

    key = "no-such-notice"
    title = "没有这条通知"


def read(notice_id: int, *, by: Account, now: datetime) -> Notice:
    """
    Mark an own notice as read; read before, it keeps when that was. Shape: the notice.

    Raises: `NoSuchNotice`.
    """
    with one_act():
        told = Told.objects.filter(account=by, notice_id=notice_id).select_related("notice").first()
        if told is None:
            raise NoSuchNotice(f"编号 {notice_id}", remedy="请回到通知列表。")
        Told.objects.filter(account=by, notice_id=notice_id, read_at=None).update(read_at=now)
        return told.notice


def read_all(*, by: Account, up_to: int, now: datetime) -> int:
    """Mark own notices as read up to the newest that the person was shown. Shape: how many became read."""
    with one_act():
        return Told.objects.filter(account=by, notice_id__lte=up_to, read_at=None).update(read_at=now)

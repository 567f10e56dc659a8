"""Named lists: kept by a person, one of them shown first, some of them shared with the organ."""

from django.db import transaction
from django.db.models import Q, QuerySet

from fuyuantong.desk.ledger.asked import Asked
from fuyuantong.desk.ledger.models import LedgerView
from fuyuantong.organs.models import Account
from fuyuantong.protocol.values import is_legible
from fuyuantong.refusal import Refusal

LONGEST_NAME = 30
MOST = 40


class BadView(Refusal):
    """A view that cannot be kept under this name."""

    key = "bad-view"
    title = "视图未保存"


def views_of(account: Account, *, organ: int | None) -> QuerySet[LedgerView]:
    """Return the views of a person and those that their organ shares, own ones first."""
    mine = LedgerView.objects.filter(Q(account=account) | Q(shared_with=organ, shared_with__isnull=False))
    return mine.select_related("account").order_by("-first", "name", "pk")


def first_view(account: Account) -> LedgerView | None:
    """Return the view with which the ledger of a person opens, if they chose one."""
    return LedgerView.objects.filter(account=account, first=True).first()


@transaction.atomic
def keep_view(account: Account, *, name: str, asked: Asked, first: bool, shared_with: int | None) -> LedgerView:
    """Keep a list under a name, in place of what had that name. Raises: `BadView`."""
    clean = name.strip()
    if not 0 < len(clean) <= LONGEST_NAME or not is_legible(clean):
        raise BadView(f"名称须为 1 至 {LONGEST_NAME} 个字", remedy="请改写名称后重新保存。", field="name")
    others = LedgerView.objects.filter(account=account).exclude(name=clean)
    if others.count() >= MOST:
        raise BadView(f"已有 {MOST} 个视图", remedy="请先删去不用的视图。", field="name")
    if first:
        others.update(first=False)
    address = asked.address()
    return LedgerView.objects.update_or_create(
        account=account, name=clean, defaults={"address": address, "first": first, "shared_with_id": shared_with}
    )[0]


def drop_view(account: Account, view: int) -> None:
    """Drop a view of one's own; another's stays, and a view that is gone is gone."""
    LedgerView.objects.filter(account=account, pk=view).delete()

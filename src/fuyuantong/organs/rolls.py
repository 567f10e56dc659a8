"""The directory as administrators leaf through it: organs, accounts, who holds what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from fuyuantong.organs.models import Account, Cover, DirectoryChange, OrganName, OrganRelation, Tenure

PAGE: Final = 50

_MARK: Final = "|"


@dataclass(frozen=True, slots=True)
class OrganRoll:
    """A page of organs by the names they bear on a day, `organ` loaded; `after` leads to the next page."""

    names: tuple[OrganName, ...]
    after: str
    total: int


@dataclass(frozen=True, slots=True)
class AccountRoll:
    """A page of accounts, the tenures of today in `today`, posts and organs loaded; `after` leads to the next page."""

    accounts: tuple[Account, ...]
    after: str
    total: int


@dataclass(frozen=True, slots=True)
class ChangeRoll:
    """A page of the directory log, newest first; the next one lies below version `below`."""

    changes: tuple[DirectoryChange, ...]
    below: int | None


def organ_roll(*, words: str, on: date, after: str = "") -> OrganRoll:
    """Return organs whose code or name on a day contains the words, sorted by sound."""
    found = OrganName.objects.filter(valid__contains=on)
    if words:
        found = found.filter(Q(short__icontains=words) | Q(full__icontains=words) | Q(organ__code__icontains=words))
    total = found.count()
    sort_key, mark, code = after.partition(_MARK)
    if mark:
        found = found.filter(Q(sort_key__gt=sort_key) | Q(sort_key=sort_key, organ__code__gt=code))
    rows = list(found.select_related("organ").order_by("sort_key", "organ__code")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return OrganRoll(tuple(rows[:PAGE]), f"{last.sort_key}{_MARK}{last.organ.code}" if last else "", total)


def account_roll(*, words: str, organ_code: str, at: datetime, after: str = "") -> AccountRoll:
    """Return accounts whose name contains the words, of one organ if a code is given, sorted by user name."""
    found = Account.objects.all()
    if words:
        found = found.filter(Q(username__icontains=words) | Q(display_name__icontains=words))
    if organ_code:
        found = found.filter(pk__in=_held(at).filter(post__organ__code=organ_code).values("account"))
    total = found.count()
    today = Prefetch("tenures", _held(at).select_related("post__organ").order_by("pk"), to_attr="today")
    rows = list(found.filter(username__gt=after).order_by("username").prefetch_related(today)[: PAGE + 1])
    return AccountRoll(tuple(rows[:PAGE]), rows[PAGE - 1].username if len(rows) > PAGE else "", total)


def tenures_of(account: Account) -> list[Tenure]:
    """Return all that an account ever held, the latest first; posts and organs are loaded, covers in `covers`."""
    covers = Prefetch("covers", Cover.objects.select_related("to_account").order_by("-valid"))
    held = Tenure.objects.filter(account=account).select_related("post__organ").prefetch_related(covers)
    return list(held.order_by("-valid", "-pk"))


def staff_of(organ_id: int, *, at: datetime) -> list[Tenure]:
    """Return who holds a post in an organ now or later; accounts and posts are loaded."""
    found = Tenure.objects.filter(_not_over(at), post__organ=organ_id)
    return list(found.select_related("account", "post").order_by("post__kind", "account__username"))


def holders_of(kinds: Iterable[str], *, at: datetime) -> list[Tenure]:
    """Return who holds posts of some kinds now or later; accounts, posts and organs are loaded."""
    found = Tenure.objects.filter(_not_over(at), post_kind__in=list(kinds))
    return list(found.select_related("account", "post__organ").order_by("post_kind", "account__username"))


def holds_now(account: Account, kinds: Iterable[str], *, at: datetime) -> bool:
    """Say whether an account holds a post of one of some kinds at a moment."""
    return _held(at).filter(account=account, post_kind__in=list(kinds)).exists()


def relations_of(organ_id: int, *, on: date) -> list[OrganRelation]:
    """Return the relations in which an organ stands on a day or later, both ends loaded."""
    found = OrganRelation.objects.filter(Q(from_organ=organ_id) | Q(to_organ=organ_id))
    found = found.filter(_not_over(on))
    return list(
        found.select_related("from_organ", "to_organ").order_by("relation", "from_organ__code", "to_organ__code")
    )


def changes(*, organ_code: str = "", below: int | None = None) -> ChangeRoll:
    """Return entries of the directory log, newest first, of one organ if a code is given."""
    found = DirectoryChange.objects.select_related("organ", "by")
    if organ_code:
        found = found.filter(organ__code=organ_code)
    if below is not None:
        found = found.filter(version__lt=below)
    rows = list(found.order_by("-version")[: PAGE + 1])
    return ChangeRoll(tuple(rows[:PAGE]), rows[PAGE - 1].version if len(rows) > PAGE else None)


def _not_over(at: date) -> Q:
    return Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=at)


def _held(at: datetime) -> QuerySet[Tenure]:
    return Tenure.objects.filter(valid__contains=at)

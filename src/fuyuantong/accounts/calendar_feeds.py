"""Calendar feeds: one private address per account, made and revoked by its owner, known to us by its digest alone."""

from datetime import datetime

from django.db import transaction

from fuyuantong.accounts.models import CalendarFeed
from fuyuantong.accounts.security_log import Origin, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account
from fuyuantong.seal.token import new_token, token_digest


@transaction.atomic
def make_feed(account: Account, *, origin: Origin, now: datetime) -> str:
    """Return the token of a new address; one that was there before ends. It is told here, and never again."""
    token = new_token()
    _, is_first = CalendarFeed.objects.update_or_create(
        account=account, defaults={"digest": token_digest(token), "made_at": now}
    )
    detail = {"account": account.username, "anew": not is_first}
    write_event(SecurityKind.FEED_MADE, account=account, origin=origin, now=now, detail=detail)
    return token


@transaction.atomic
def revoke_feed(account: Account, *, origin: Origin, now: datetime) -> None:
    """End the address of an account; none is no harm."""
    if CalendarFeed.objects.filter(account=account).delete()[0]:
        detail = {"account": account.username}
        write_event(SecurityKind.FEED_REVOKED, account=account, origin=origin, now=now, detail=detail)


def feed_of(account: Account) -> CalendarFeed | None:
    """Return the feed of an account, None when it has none."""
    return CalendarFeed.objects.filter(account=account).first()


def owner_of(token: str) -> Account | None:
    """Return whose address it is; None when it is nobody's, or that of a disabled account."""
    found = CalendarFeed.objects.filter(digest=token_digest(token), account__is_active=True).select_related("account")
    feed = found.first()
    return feed.account if feed else None

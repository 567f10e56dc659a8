"""Tokens with which a court's own system feeds the register: told once, kept as a digest, revoked for good."""

from datetime import datetime
from typing import Final
from uuid import UUID

from fuyuantong.matters.services.actors import By
from fuyuantong.matters.session import acting, one_act
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.models.feed import FeedToken
from fuyuantong.registers.cases.services.feeding import court_of
from fuyuantong.seal.token import new_token, token_digest

LONGEST_LABEL: Final = 100


class NoSuchToken(Refusal):
    """A token that this court does not have, or not any more."""

    key = "no-such-token"
    title = "没有这个令牌"


def make_token(label: str, *, by: By, now: datetime) -> tuple[FeedToken, str]:
    """Return a new token of a court, and what its system has to show: it is told here and never again."""
    court = court_of(by, now)
    shown = new_token()
    with one_act():
        token = FeedToken.objects.create(
            digest=token_digest(shown), label=label[:LONGEST_LABEL], account=by.account, organ=court, made_at=now
        )
    return token, shown


def revoke_token(token: UUID, *, by: By, now: datetime) -> None:
    """End a token of the own court for good. Raises: `NoSuchToken`, `NotACourt`."""
    court = court_of(by, now)
    with one_act():
        if not FeedToken.objects.filter(pk=token, organ=court, revoked_at=None).update(revoked_at=now):
            raise NoSuchToken(f"本院没有有效的令牌 {token}", remedy="请用 --list 核对编号。", field="token")


def tokens_of(by: By, *, now: datetime) -> list[FeedToken]:
    """Return the tokens of a court, the latest first."""
    court = court_of(by, now)
    with one_act():
        return list(FeedToken.objects.filter(organ=court).select_related("account").order_by("-made_at"))


def bearer_of(shown: str) -> FeedToken | None:
    """Return the token that somebody shows; None for one that is unknown, revoked, or of an account that was ended."""
    with acting():
        valid = FeedToken.objects.filter(digest=token_digest(shown), revoked_at=None, account__is_active=True)
        return valid.select_related("account", "organ").first()

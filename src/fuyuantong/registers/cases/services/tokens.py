"""Tokens with which a court's own system feeds the register: told once, kept as a digest, revoked for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from fuyuantong.accounts.security_log import Origin, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.matters.services.actors import MAY_ACT, By
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.people import Serving, serving_in
from fuyuantong.organs.vocabulary import Branch
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.models.feed import FeedToken
from fuyuantong.registers.cases.services.feeding import court_of
from fuyuantong.seal.token import new_token, token_digest

LONGEST_LABEL: Final = 100


class NoSuchToken(Refusal):
    """A token that there is not, or not any more, or not in this court."""

    key = "no-such-token"
    title = "没有这个令牌"


class BadLabel(Refusal):
    """A token that nobody could tell from the others."""

    key = "bad-token-label"
    title = "令牌名称有误"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who makes and ends tokens, and from where: the security log names them."""

    account: Account
    origin: Origin


def make_token(label: str, *, by: By, keeper: Keeper, now: datetime) -> tuple[FeedToken, str]:
    """
    Return a new token of the court for which `by` acts, and what its system has to show: told here and never again.

    What comes with it will be recorded under the account of `by`. Raises: `NotACourt`, `NoPost`, `BadLabel`.
    """
    name = said(label, longest=LONGEST_LABEL, refusal=BadLabel, field="label")
    court, shown = court_of(by, now), new_token()
    with transaction.atomic():
        with acting():
            token = FeedToken.objects.create(
                digest=token_digest(shown), label=name, account=by.account, organ=court, made_at=now
            )
        _log(SecurityKind.TOKEN_MADE, token, keeper=keeper, now=now)
    return token, shown


def revoke_token(token: UUID, *, keeper: Keeper, now: datetime, court: Organ | None = None) -> FeedToken:
    """End a token for good, one of that court when it is named. Raises: `NoSuchToken`."""
    with transaction.atomic():
        with acting():
            valid = FeedToken.objects.select_related("account", "organ").filter(pk=token, revoked_at=None)
            found = (valid.filter(organ=court) if court else valid).first()
            if found is None or not FeedToken.objects.filter(pk=token, revoked_at=None).update(revoked_at=now):
                raise NoSuchToken(f"没有有效的令牌 {token}", remedy="请核对编号；已经撤销的不必再撤销。", field="token")
        _log(SecurityKind.TOKEN_REVOKED, found, keeper=keeper, now=now)
    return found


def tokens(*, court: Organ | None = None) -> list[FeedToken]:
    """Return the tokens of a court, or of all, those in force first, the latest first."""
    with transaction.atomic(), acting():
        found = FeedToken.objects.filter(organ=court) if court else FeedToken.objects.all()
        return list(found.select_related("account", "organ").order_by("-revoked_at", "-made_at"))


def recorders(*, now: datetime) -> Iterable[tuple[Organ, Serving]]:
    """Yield who can record for a court, court by court: under one of these accounts stands what a system sends."""
    courts = {court.pk: court for court in Organ.objects.filter(branch=Branch.COURT).order_by("code")}
    for one in serving_in(courts, at=now):
        if one.kind in MAY_ACT:
            yield courts[one.organ_id], one


def bearer_of(shown: str, *, now: datetime) -> FeedToken | None:
    """
    Return the token that somebody shows, and note that it was used.

    None for one that is unknown, revoked, or of an account that was ended.
    """
    with transaction.atomic(), acting():
        valid = FeedToken.objects.filter(digest=token_digest(shown), revoked_at=None, account__is_active=True)
        valid.update(used_at=now)
        return valid.select_related("account", "organ").first()


def _log(kind: SecurityKind, token: FeedToken, *, keeper: Keeper, now: datetime) -> None:
    detail = {
        "token": str(token.pk),
        "label": token.label,
        "court": token.organ.code,
        "recorded_as": token.account.username,
    }
    write_event(kind, account=keeper.account, origin=keeper.origin, now=now, detail=detail)

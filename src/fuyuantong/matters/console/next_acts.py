"""What may be done next with a matter, by whom, and why something cannot be done."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from fuyuantong.matters.console.labels import OrganNames, role_title, state_title
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.services.actors import MAY_ACT, MAY_SIGN, today
from fuyuantong.organs.models import Account
from fuyuantong.protocol import Mechanism, Request, Rows
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.offers import Offer, guards_may_hold, offers
from fuyuantong.protocol.values import title_of


def next_acts(
    mechanism: Mechanism, situation: Situation, *, account: Account | None, names: OrganNames, now: datetime
) -> dict[str, Any]:
    """
    Return the moves of the holder and the requests of the others, each with the reason when it is barred.

    For an account the reasons are its own: whose turn it is, and what its posts allow.
    """
    acting, signing = _organs_of(account, now) if account else (None, None)
    return {
        "moves": [
            _move(mechanism, offer, why=_why_not(offer, situation, acting, signing, names))
            for offer in offers(mechanism, situation, today=today(now))
        ],
        "requests": list(_requests(mechanism, situation, acting, names)),
    }


def _move(mechanism: Mechanism, offer: Offer, *, why: str) -> dict[str, Any]:
    move = offer.move
    return {
        "key": move.key,
        "title": move.title,
        "to": offer.to,
        "to_title": state_title(mechanism, offer.to),
        "asks": [{"key": key, "title": title_of(mechanism, key)} for key in move.asks],
        "may_ask": [{"key": key, "title": title_of(mechanism, key)} for key in move.may_ask],
        "signed": move.signed,
        "why_not": why,
    }


def _why_not(
    offer: Offer,
    situation: Situation,
    acting: Collection[str] | None,
    signing: Collection[str] | None,
    names: OrganNames,
) -> str:
    if acting is not None and situation.holder not in acting:
        return f"现由{names[situation.holder]}办理"
    if signing is not None and offer.move.signed and situation.holder not in signing:
        return "须由负责人或者签发人签发"
    return offer.refusal.detail if offer.refusal else ""


def _requests(
    mechanism: Mechanism, situation: Situation, acting: Collection[str] | None, names: OrganNames
) -> Iterator[dict[str, Any]]:
    for request in mechanism.requests:
        if situation.state not in request.states or not guards_may_hold(
            request.when, situation, asked=request.asks + request.may_ask
        ):
            continue
        organs = tuple(dict.fromkeys(organ for role in request.by for organ in situation.organs_of(role)))
        mine = organs if acting is None else tuple(organ for organ in organs if organ in acting)
        roles = "、".join(role_title(mechanism, role, otherwise=role) for role in request.by)
        yield {
            "key": request.key,
            "title": request.title,
            "by": list(organs),
            "asks": _asked(mechanism, request),
            "why_not": ""
            if mine
            else f"只能由{roles}（{'、'.join(names[organ] for organ in organs) or '尚未确定'}）提出",
        }


def _asked(mechanism: Mechanism, request: Request) -> list[dict[str, str]]:
    """Return the fields of a request; for one that adds a row, the columns that it fills in."""
    table = mechanism.value(request.rows) if request.rows else None
    if isinstance(table, Rows):
        return [{"key": column.key, "title": column.title} for column in table.typed]
    return [{"key": key, "title": title_of(mechanism, key)} for key in request.asks]


def _organs_of(account: Account, now: datetime) -> tuple[Collection[str], Collection[str]]:
    """Return the organs for which an account may act, and those for which it may sign."""
    world = DatabaseWorld(on=today(now))
    posts = world.posts_held(account, at=now)
    codes = world.codes_of([post.organ_id for post in posts])
    held = list(zip((post.kind for post in posts), codes, strict=True))
    return (
        {code for kind, code in held if kind in MAY_ACT},
        {code for kind, code in held if kind in MAY_SIGN},
    )

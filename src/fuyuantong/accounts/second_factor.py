"""Second factors: who needs one, who has one, and taking away what was lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from fuyuantong.accounts.models import FactorRule
from fuyuantong.accounts.passwords import check_may_touch
from fuyuantong.accounts.security_log import Origin, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.queries import posts_held
from fuyuantong.organs.vocabulary import ADMINISTRATORS


@transaction.atomic
def set_rule(organ: Organ | None, *, required: bool, by: Account, origin: Origin, now: datetime) -> FactorRule:
    """Say from now on whether the people of an organ, or everybody (no organ), need a second factor."""
    rule = FactorRule.objects.create(organ=organ, required=required, set_by=by, set_at=now)
    detail = {"organ": organ.code if organ is not None else None, "required": required}
    write_event(SecurityKind.FACTOR_RULE_SET, account=by, origin=origin, now=now, detail=detail)
    return rule


def rules() -> list[FactorRule]:
    """Return the rules in force: the one for all first, then those of organs; `organ` and `set_by` are loaded."""
    last = FactorRule.objects.order_by("organ_id", "-pk").distinct("organ_id").values("pk")
    found = FactorRule.objects.filter(pk__in=last).select_related("organ", "set_by")
    return sorted(found, key=lambda rule: rule.organ.code if rule.organ is not None else "")


def needs_factor(account: Account, *, now: datetime) -> bool:
    """
    Say whether an account may go on only with a second factor: the administrators always, others by the rules.

    Basis: GB/T 22239-2019 8.1.4.1 (两种或两种以上组合的鉴别技术).
    """
    posts = posts_held(account, at=now)
    if any(post.kind in ADMINISTRATORS for post in posts):
        return True
    organs = {post.organ_id for post in posts}
    return any(rule.required for rule in rules() if rule.organ_id is None or rule.organ_id in organs)


def has_factor(account: Account) -> bool:
    """Say whether an account has any second factor; a sheet of one-time codes is one."""
    return Authenticator.objects.filter(user=account).exists()


@transaction.atomic
def take_factors(account: Account, *, by: Account | None, origin: Origin, now: datetime) -> int:
    """
    Take all second factors of an account away, for somebody who lost them; return how many.

    Raises: `MachineOnly`.
    """
    check_may_touch(account, origin=origin)
    taken, _ = Authenticator.objects.filter(user=account).delete()
    detail = {"account": account.username, "taken": taken}
    write_event(SecurityKind.FACTOR_REMOVED, account=by, origin=origin, now=now, detail=detail)
    return taken

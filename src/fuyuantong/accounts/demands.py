"""What an account must do before it may do anything else."""

from datetime import datetime
from enum import StrEnum

from fuyuantong.accounts.passwords import must_change
from fuyuantong.accounts.second_factor import has_factor, needs_factor
from fuyuantong.organs.models import Account


class Demand(StrEnum):
    """Choose another password, or set up a second factor."""

    PASSWORD = "password"
    FACTOR = "factor"


def demand_on(account: Account, *, now: datetime) -> Demand | None:
    """Return what an account owes first, None if it may go on."""
    if must_change(account, now=now):
        return Demand.PASSWORD
    if needs_factor(account, now=now) and not has_factor(account):
        return Demand.FACTOR
    return None

"""Setting what a place decides for itself."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from fuyuantong import catalogue
from fuyuantong.clock.terms import Term
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.place_settings import UnknownSetting
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import organ_by_code


@transaction.atomic
def set_term(
    key: str, term: Term, *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """
    Set the length of a house term from a day on; clocks that run already keep the rule they began with.

    Raises: `UnknownSetting`.
    """
    if key not in catalogue.house_terms():
        raise UnknownSetting(f"没有“{key}”这一本地期限", field="key")
    return _set(key, {"term": term.to_data()}, region_code, basis, valid_from, by, now)


@transaction.atomic
def set_organs(
    key: str, codes: Sequence[str], *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """Name the organs that stand under a key (who is copied, who supervises). Raises: `NoSuchOrgan`."""
    found = [organ_by_code(code).code for code in codes]
    return _set(key, {"organs": found}, region_code, basis, valid_from, by, now)


def _set(
    key: str, value: dict[str, object], region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    with acting():
        return PlaceSetting.objects.create(
            region_code=region_code,
            key=key,
            value=value,
            basis=basis,
            valid_from=valid_from,
            set_by=by.username,
            set_at=now,
        )

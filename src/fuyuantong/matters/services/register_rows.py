"""Asking a register, which stands above the matters, how one of its rows stands: by the name that the settings give."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.module_loading import import_string

from fuyuantong.protocol import Json, Mechanism
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.naming import RowUnfit, unfit
from fuyuantong.protocol.registers import RowNow


def row_now(register: str, key: str) -> RowNow | None:
    """Return how a row stands, as far as this block sees it; None when the register does not have it."""
    found: RowNow | None = import_string(settings.REGISTERS[register])(key)
    return found


def unfit_row(mechanism: Mechanism, situation: Situation, values: Mapping[str, Json]) -> RowUnfit | None:
    """Return why a matter cannot name a row that was filled in, if it cannot."""
    return unfit(mechanism, situation, values, stands=row_now)

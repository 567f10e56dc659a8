"""Which endings count as lost by the organ that was sued (败诉): no statute says, a place decides."""

from datetime import date
from typing import Final, Protocol

from fuyuantong.docket.outcomes import default_losses
from fuyuantong.matters.place_settings import settings_of

KEY: Final = "case-losses"


def losses_in(region_code: str, *, on: date) -> frozenset[str]:
    """Return the codes of the endings that count as lost in a region on a day."""
    chosen = settings_of(region_code).chosen(KEY, on=on)
    return default_losses() if chosen is None else frozenset(chosen)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


def losses_near(organ: _Coded | None, *, on: date) -> frozenset[str]:
    """Return the codes that count as lost where an organ stands; without one the defaults."""
    return default_losses() if organ is None else losses_in(organ.code.partition("-")[0], on=on)

"""What the demo county sets for itself: who leads, who mediates, who is copied."""

from datetime import date, datetime

from fuyuantong.matters.services.setting import set_organs
from fuyuantong.organs.queries import account_by_username

REGION = "410825"
BASIS = "温县府院联动工作方案（演练）"
ORGANS = {
    "leading-group": ("410825-leading-group",),
    "dispute-centre": ("410825-dispute-centre",),
    "suggestion-copies": ("410825-liaison-office",),
    "appearance-guidance": ("410825-justice",),
    "appearance-copies": ("410825-liaison-office",),
    "supervisors": ("410825-liaison-office", "410825-government-office"),
    "supervision-copies": ("410825-government",),
}


def set_place(*, now: datetime) -> None:
    """Name the organs that the demo county's settings stand for."""
    by = account_by_username("security-administrator")
    for key, codes in ORGANS.items():
        set_organs(key, codes, region_code=REGION, basis=BASIS, valid_from=date(2021, 1, 1), by=by, now=now)

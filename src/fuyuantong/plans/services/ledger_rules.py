"""Setting how a place keeps its ledger of tasks."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.place_settings import LEDGER_KEY
from fuyuantong.matters.services.setting import BadSetting, set_list
from fuyuantong.organs.models import Account
from fuyuantong.plans.ledger_rules import WHOLE, LedgerRules
from fuyuantong.reading.values import Period

LONGEST_GRACE: Final = 60
MAY_BE_REGULAR: Final = (Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.YEAR)


def set_ledger_rules(
    rules: LedgerRules, *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """Set from a day on when lagging is a risk, and how often 定期 is. Raises: `BadSetting`."""
    if not 0 <= rules.margin_percent <= WHOLE:
        raise BadSetting("进展滞后的幅度应为 0 至 100", remedy="请改写。", field="margin")
    if not 0 <= rules.grace_days <= LONGEST_GRACE:
        raise BadSetting(f"期后报送的宽限应为 0 至 {LONGEST_GRACE} 日", remedy="请改写。", field="grace")
    if rules.regularly not in MAY_BE_REGULAR:
        raise BadSetting("“定期”应为每月、每季度、每半年或者每年", remedy="请重新选择。", field="regularly")
    row = {**asdict(rules), "regularly": rules.regularly.value}
    return set_list(LEDGER_KEY, [row], region_code=region_code, basis=basis, valid_from=valid_from, by=by, now=now)

"""任务台账规则: when lagging is a risk, how often 定期 is, and how long after a period its return is due."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.place import region_of
from fuyuantong.desk.administration.settings import PART, ground, history, kept, shown
from fuyuantong.desk.administration.typed import BadField, whole
from fuyuantong.desk.visit import Visit
from fuyuantong.matters.place_settings import LEDGER_KEY, settings_of
from fuyuantong.plans.ledger_rules import LedgerRules, ledger_rules
from fuyuantong.plans.services.ledger_rules import MAY_BE_REGULAR, set_ledger_rules
from fuyuantong.plans.spoken import PERIOD_TITLES
from fuyuantong.reading.values import Period
from fuyuantong.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def ledger_rules_page(visit: Visit) -> HttpResponse:
    """Set how the place keeps its ledger of tasks."""
    region, refusal = region_of(visit, PART), None
    rules = ledger_rules(settings_of(region), on=visit.today)
    if visit.request.method == "POST":
        try:
            basis, valid_from = ground(visit.request.POST)
            rules = _typed(visit)
            set_ledger_rules(
                rules, region_code=region, basis=basis, valid_from=valid_from, by=visit.account, now=visit.now
            )
        except Refusal as wrong:
            refusal = wrong
        else:
            return kept(visit)
    periods = [(period.value, PERIOD_TITLES[period], period is rules.regularly) for period in MAY_BE_REGULAR]
    context = {"rules": rules, "periods": periods, "history": history(LEDGER_KEY, region)}
    return shown(visit, "desk/administration/ledger_rules.html", context, refusal)


def _typed(visit: Visit) -> LedgerRules:
    fields = visit.request.POST
    if fields.get("regularly") not in set(Period):
        raise BadField("没有这个周期", remedy="请从列表中选择。", field="regularly")
    margin = whole(fields, "margin", title="进展滞后的幅度")
    grace = whole(fields, "grace", title="期后报送的宽限")
    return LedgerRules(margin_percent=margin, regularly=Period(fields["regularly"]), grace_days=grace)

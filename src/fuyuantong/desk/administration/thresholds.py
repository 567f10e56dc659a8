"""提示规则: the numbers by which the platform proposes something, and by which cases are taken for similar."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.place import region_of
from fuyuantong.desk.administration.settings import PART, Tick, Ticks, ground, history, kept, shown, ticked
from fuyuantong.desk.administration.typed import whole
from fuyuantong.desk.visit import Visit
from fuyuantong.docket.similar import RULES
from fuyuantong.matters.place_settings import SIMILAR_KEY, THRESHOLDS, UnknownSetting, settings_of
from fuyuantong.matters.services.setting import set_similar_rules, set_threshold
from fuyuantong.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def threshold_page(visit: Visit, key: str) -> HttpResponse:
    """Set one number."""
    known = THRESHOLDS.get(key)
    if known is None:
        raise UnknownSetting(f"没有“{key}”这一设置", remedy="请从机制设置进入。", field="key")
    region, refusal = region_of(visit, PART), None
    if visit.request.method == "POST":
        try:
            basis, valid_from = ground(visit.request.POST)
            n = whole(visit.request.POST, "n", title=known.title)
            set_threshold(
                key, n, region_code=region, basis=basis, valid_from=valid_from, by=visit.account, now=visit.now
            )
        except Refusal as wrong:
            refusal = wrong
        else:
            return kept(visit)
    context = {
        "threshold": known,
        "now": settings_of(region).threshold(key, on=visit.today),
        "history": history(key, region),
    }
    return shown(visit, "desk/administration/threshold.html", context, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def similar_page(visit: Visit) -> HttpResponse:
    """Say by what cases are taken for similar."""
    ticks = Ticks(
        title="类案预警规则",
        note="各条规则分别计数，达到件数的提示法院",
        card="规则",
        icon="gavel",
        name="rules",
        key=SIMILAR_KEY,
        choices=tuple(Tick(rule.key, rule.title) for rule in RULES.values()),
    )
    chosen = settings_of(region_of(visit, PART)).similar_rules(on=visit.today)
    return ticked(visit, ticks, sorted(chosen), keep=set_similar_rules)

"""机制设置: the place's own terms, whom it names, and its ladder, each with a basis and from a day on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fuyuantong import catalogue
from fuyuantong.clock.terms import Term, Unit
from fuyuantong.desk.administration.administered import administers
from fuyuantong.desk.administration.place import region_of
from fuyuantong.desk.administration.typed import BadField, day, whole
from fuyuantong.desk.organ_tags import tags_by_code
from fuyuantong.desk.visit import Visit
from fuyuantong.docket.outcomes import Outcome, outcomes
from fuyuantong.docket.similar import RULES
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.place_settings import (
    CADENCES_KEY,
    GOALS_KEY,
    LADDER_KEY,
    LOSSES_KEY,
    MECHANISMS_KEY,
    THRESHOLDS,
    PlaceSettings,
    UnknownSetting,
    settings_of,
)
from fuyuantong.matters.rungs import RungRule
from fuyuantong.matters.services.setting import (
    set_ladder,
    set_losses,
    set_mechanisms,
    set_organs,
    set_term,
)
from fuyuantong.organs.queries import organs_in
from fuyuantong.organs.vocabulary import RELATION_TITLES, PostKind
from fuyuantong.plans.ledger_rules import ledger_rules
from fuyuantong.plans.spoken import PERIOD_TITLES
from fuyuantong.protocol import Mechanism
from fuyuantong.refusal import Refusal

PART = PostKind.SECURITY_ADMINISTRATOR
UNITS = {Unit.WORKING_DAYS: "个工作日", Unit.DAYS: "日", Unit.MONTHS: "个月", Unit.HOURS: "小时", Unit.YEARS: "年"}
SPARE_RUNGS = 2


@require_safe
@administers(PART)
def settings_overview(visit: Visit) -> HttpResponse:
    """Show what the place has set, and the defaults of what it has not."""
    place = settings_of(region_of(visit, PART))
    terms = [
        (
            term,
            rule := place.house_rule(key, on=visit.today),
            rule.basis != term.basis or rule.term != term.term,
            catalogue.users_of(key),
        )
        for key, term in sorted(catalogue.house_terms().items(), key=lambda entry: entry[1].title)
    ]
    named = {key: place.organs(key, on=visit.today) for key in catalogue.named_organs()}
    tags = tags_by_code({code for codes in named.values() for code in codes}, on=visit.today)
    context = {
        "terms": terms,
        "named": [
            (catalogue.named_organs()[key], [tags[code] for code in codes if code in tags])
            for key, codes in named.items()
        ],
        "ladder": place.ladder(on=visit.today),
        "mechanisms": _mechanisms(place, visit.today),
        "thresholds": [(key, known, place.threshold(key, on=visit.today)) for key, known in THRESHOLDS.items()],
        "similar": [RULES[key].title for key in RULES if key in place.similar_rules(on=visit.today)],
        "losses": [outcome for outcome, lost in _losses(place, visit.today) if lost],
        "cadences": [
            (line, PERIOD_TITLES.get(line["period"], "不定期")) for line in place.lines(CADENCES_KEY, on=visit.today)
        ],
        "ledger": (rules := ledger_rules(place, on=visit.today)),
        "regularly": PERIOD_TITLES[rules.regularly],
        "goals": place.lines(GOALS_KEY, on=visit.today),
    }
    return visit.page("desk/administration/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def term_page(visit: Visit, key: str) -> HttpResponse:
    """Set the length of one term."""
    term = catalogue.house_terms().get(key)
    if term is None:
        raise UnknownSetting(f"没有“{key}”这一本地期限", remedy="请从机制设置进入。", field="key")
    region, fields, refusal = region_of(visit, PART), visit.request.POST, None
    if visit.request.method == "POST":
        try:
            basis, valid_from = ground(fields)
            set_term(
                key,
                _term(fields),
                region_code=region,
                basis=basis,
                valid_from=valid_from,
                by=visit.account,
                now=visit.now,
            )
        except Refusal as wrong:
            refusal = wrong
        else:
            return kept(visit)
    rule = settings_of(region).house_rule(key, on=visit.today)
    context = {"term": term, "rule": rule, "units": UNITS.items(), "history": history(key, region)}
    return shown(visit, "desk/administration/term.html", context, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def named_page(visit: Visit, key: str) -> HttpResponse:
    """Name the organs that stand under a key."""
    known = catalogue.named_organs().get(key)
    if known is None:
        raise UnknownSetting(f"没有机制使用“{key}”", remedy="请从机制设置进入。", field="key")
    region = region_of(visit, PART)
    ticks = Ticks(
        title=known.title,
        note=known.help,
        card="单位",
        icon="users-group",
        name="organs",
        key=key,
        choices=tuple(Tick(name.organ.code, name.short) for name in organs_in(region, on=visit.today)),
    )
    return ticked(visit, ticks, settings_of(region).organs(key, on=visit.today), keep=partial(set_organs, key))


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def ladder_page(visit: Visit) -> HttpResponse:
    """Set the rungs that overdue matters climb."""
    region, fields, refusal = region_of(visit, PART), visit.request.POST, None
    rungs = list(settings_of(region).ladder(on=visit.today))
    if visit.request.method == "POST":
        try:
            rungs = _rungs(visit)
            basis, valid_from = ground(fields)
            set_ladder(rungs, region_code=region, basis=basis, valid_from=valid_from, by=visit.account, now=visit.now)
        except Refusal as wrong:
            refusal = wrong
        else:
            return kept(visit)
    spare = [RungRule("", "", 0, "") for _ in range(SPARE_RUNGS)]
    context = {
        "rungs": list(enumerate([*rungs, *spare])),
        "relations": RELATION_TITLES.items(),
        "history": history(LADDER_KEY, region),
    }
    return shown(visit, "desk/administration/ladder.html", context, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def mechanisms_page(visit: Visit) -> HttpResponse:
    """Switch mechanisms on and off."""
    known = _mechanisms(settings_of(region_of(visit, PART)), visit.today)
    ticks = Ticks(
        title="启用的机制",
        note="停用的不能新建，在办的继续办理",
        card="机制",
        icon="settings",
        name="mechanisms",
        key=MECHANISMS_KEY,
        choices=tuple(Tick(mechanism.key, mechanism.title) for mechanism, _ in known),
    )
    return ticked(visit, ticks, [mechanism.key for mechanism, is_on in known if is_on], keep=set_mechanisms)


@require_http_methods(["GET", "HEAD", "POST"])
@administers(PART)
def losses_page(visit: Visit) -> HttpResponse:
    """Say which endings of a case count as lost."""
    known = _losses(settings_of(region_of(visit, PART)), visit.today)
    ticks = Ticks(
        title="败诉口径",
        note="哪些结案方式计为行政机关败诉",
        card="结案方式",
        icon="gavel",
        name="outcomes",
        key=LOSSES_KEY,
        choices=tuple(Tick(outcome.code, outcome.title, outcome.basis) for outcome, _ in known),
    )
    return ticked(visit, ticks, [outcome.code for outcome, lost in known if lost], keep=set_losses)


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing that a place may choose."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """A setting that is chosen by ticking: what its page is called, and what there is to tick."""

    title: str
    note: str
    card: str
    icon: str
    name: str
    key: str
    choices: tuple[Tick, ...]


def ticked(visit: Visit, ticks: Ticks, chosen: Sequence[str], *, keep: Callable[..., object]) -> HttpResponse:
    """Show what is ticked, or keep what was; what was typed stays when that is refused."""
    region, fields, refusal = region_of(visit, PART), visit.request.POST, None
    if visit.request.method == "POST":
        chosen = fields.getlist(ticks.name)
        try:
            basis, valid_from = ground(fields)
            keep(chosen, region_code=region, basis=basis, valid_from=valid_from, by=visit.account, now=visit.now)
        except Refusal as wrong:
            refusal = wrong
        else:
            return kept(visit)
    context = {"ticks": ticks, "chosen": chosen, "history": history(ticks.key, region)}
    return shown(visit, "desk/administration/ticks.html", context, refusal)


def _losses(place: PlaceSettings, on: date) -> list[tuple[Outcome, bool]]:
    lost = place.losses(on=on)
    return [(outcome, code in lost) for code, outcome in outcomes().items()]


def _mechanisms(place: PlaceSettings, on: date) -> list[tuple[Mechanism, bool]]:
    """Return every mechanism that hands can begin, and whether it is on."""
    return [
        (mechanism, place.is_on(mechanism.key, on=on))
        for mechanism in catalogue.MECHANISMS.values()
        if not all(entry.opened for entry in mechanism.entries)
    ]


def shown(visit: Visit, template: str, context: Mapping[str, object], refusal: Refusal | None) -> HttpResponse:
    """Return the page of a setting, with what was typed when that was refused."""
    typed = {"refusal": refusal, "typed": visit.request.POST, "today": visit.today}
    return visit.page(template, {**context, **typed})


def kept(visit: Visit) -> HttpResponse:
    """Tell that a setting was kept, and go back to all of them."""
    messages.success(visit.request, "已保存。已经起算的期限仍按起算时的规定。")
    return redirect("administration-settings")


def ground(fields: Mapping[str, str]) -> tuple[str, date]:
    """Return on what a setting is based and from when it holds. Raises: `BadField`."""
    return fields.get("basis", ""), day(fields, "valid_from", title="生效日期")


def _term(fields: Mapping[str, str]) -> Term:
    if fields.get("unit") not in set(Unit):
        raise BadField("没有这个单位", remedy="请从列表中选择。", field="unit")
    return Term(whole(fields, "length", title="期限"), Unit(fields["unit"]))


def _rungs(visit: Visit) -> list[RungRule]:
    fields, found = visit.request.POST, []
    for number in range(len([name for name in fields if name.startswith("title-")])):
        title = fields.get(f"title-{number}", "").strip()
        if title:
            key = fields.get(f"key-{number}") or f"own-{number + 1}"
            after = whole(fields, f"after-{number}", title=f"“{title}”的天数")
            text = fields.get(f"text-{number}", "").strip()
            found.append(RungRule(key, title, after, text, tuple(fields.getlist(f"tells-{number}"))))
    return found


def history(key: str, region: str) -> list[PlaceSetting]:
    """Return what a region has set under a key, the latest first."""
    return list(PlaceSetting.objects.filter(key=key, region_code=region).order_by("-valid_from", "-pk")[:20])

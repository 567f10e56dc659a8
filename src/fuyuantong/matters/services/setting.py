"""Setting what a place decides for itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from fuyuantong import catalogue
from fuyuantong.clock.terms import Term
from fuyuantong.docket.outcomes import outcomes
from fuyuantong.docket.similar import RULES
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.place_settings import (
    CADENCES_KEY,
    GOALS_KEY,
    LADDER_KEY,
    LEDGER_KEY,
    LOSSES_KEY,
    MECHANISMS_KEY,
    SIMILAR_KEY,
    THRESHOLDS,
    UnknownSetting,
)
from fuyuantong.matters.rungs import RungRule
from fuyuantong.matters.services.words import said
from fuyuantong.matters.session import one_act
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import organ_by_code, region_on
from fuyuantong.organs.vocabulary import RELATION_TITLES, RelationKind
from fuyuantong.protocol import Await, Final, Mechanism
from fuyuantong.refusal import Refusal

LONGEST_BASIS = 1_000
LONGEST_RUNG = 200
FURTHEST = 30  # working days before or after the due day
SETTING = "setting:"
LISTS = (CADENCES_KEY, GOALS_KEY, LEDGER_KEY)


class BadSetting(Refusal):
    """A setting without a ground that can be read, or for a region that there is not."""

    key = "bad-setting"
    title = "设置内容有误"
    remedy = "请更正后重新提交。"


def set_term(
    key: str, term: Term, *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """
    Set the length of a house term from a day on; clocks that run already keep the rule they began with.

    Raises: `UnknownSetting`, `BadSetting`.
    """
    if key not in catalogue.house_terms():
        raise UnknownSetting(f"没有“{key}”这一本地期限", remedy="请核对名称。", field="key")
    return _set(key, {"term": term.to_data()}, region_code, basis, valid_from, by, now)


def set_organs(
    key: str, codes: Sequence[str], *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """
    Name the organs that stand under a key (who is copied, who supervises).

    Raises: `UnknownSetting` for a key that no mechanism names, `NoSuchOrgan`, `BadSetting`.
    """
    known = set(settings_named())
    if key not in known:
        raise UnknownSetting(
            f"没有机制使用“{key}”；现有：{'、'.join(sorted(known))}", remedy="请核对名称。", field="key"
        )
    found = [organ_by_code(code).code for code in codes]
    return _set(key, {"organs": found}, region_code, basis, valid_from, by, now)


def set_ladder(
    rungs: Sequence[RungRule], *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """
    Set the rungs that overdue matters climb from a day on, from the lowest; what was taken stays taken.

    Raises: `BadSetting`.
    """
    keys = [rung.key for rung in rungs]
    days = [rung.after for rung in rungs]
    if not rungs or len({*keys}) < len(keys) or days != sorted({*days}):
        raise BadSetting("至少一级，各级名称不重复，并且由先到后", remedy="请调整各级的顺序和天数。", field="rungs")
    for rung in rungs:
        _check_rung(rung)
    return _set(LADDER_KEY, {"rungs": [rung.to_data() for rung in rungs]}, region_code, basis, valid_from, by, now)


def set_mechanisms(
    keys: Sequence[str], *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """
    Say which mechanisms are on from a day on; matters of the others go on, but none is begun by hand.

    Raises: `UnknownSetting`, `BadSetting`.
    """
    strange = sorted({*keys} - {*catalogue.MECHANISMS})
    if strange:
        raise UnknownSetting(f"没有“{strange[0]}”这一机制", remedy="请核对名称。", field="mechanisms")
    if not keys:
        raise BadSetting("至少启用一项机制", remedy="请选定启用的机制。", field="mechanisms")
    return _set(MECHANISMS_KEY, {"on": sorted({*keys})}, region_code, basis, valid_from, by, now)


def set_losses(
    codes: Sequence[str], *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """
    Say which endings of a case count as lost by the organ sued from a day on.

    Raises: `UnknownSetting` for an ending that there is not, `BadSetting`.
    """
    strange = sorted({*codes} - {*outcomes()})
    if strange:
        raise UnknownSetting(f"没有“{strange[0]}”这一结案方式", remedy="请从列表中选择。", field="outcomes")
    return _set(LOSSES_KEY, {"outcomes": sorted({*codes})}, region_code, basis, valid_from, by, now)


def set_similar_rules(
    keys: Sequence[str], *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """
    Say by what cases are taken for similar from a day on; by nothing switches the warning off.

    Raises: `UnknownSetting`, `BadSetting`.
    """
    strange = sorted({*keys} - {*RULES})
    if strange:
        raise UnknownSetting(f"没有“{strange[0]}”这一规则", remedy="请从列表中选择。", field="rules")
    return _set(SIMILAR_KEY, {"on": sorted({*keys})}, region_code, basis, valid_from, by, now)


def set_threshold(
    key: str, n: int, *, region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    """
    Set a number by which something is proposed, from a day on.

    Raises: `UnknownSetting`, `BadSetting`.
    """
    known = THRESHOLDS.get(key)
    if known is None:
        raise UnknownSetting(f"没有“{key}”这一设置；现有：{'、'.join(THRESHOLDS)}", remedy="请核对名称。", field="key")
    if not known.least <= n <= known.most:
        raise BadSetting(f"“{known.title}”应在 {known.least} 至 {known.most}{known.unit} 之间", field="n")
    return _set(key, {"n": n}, region_code, basis, valid_from, by, now)


def set_list(
    key: str,
    rows: Sequence[Mapping[str, object]],
    *,
    region_code: str,
    basis: str,
    valid_from: date,
    by: Account,
    now: datetime,
) -> PlaceSetting:
    """
    Keep what recurs in a place, what figures it wants to reach, or how it keeps its ledger, line by line.

    Raises: `UnknownSetting`, `BadSetting`.
    """
    if key not in LISTS:
        raise UnknownSetting(f"没有“{key}”这一清单；现有：{'、'.join(LISTS)}", remedy="请核对名称。", field="key")
    return _set(key, {"rows": [*rows]}, region_code, basis, valid_from, by, now)


def _check_rung(rung: RungRule) -> None:
    for words in (rung.key, rung.title, rung.text):
        said(words, longest=LONGEST_RUNG, refusal=BadSetting, field="rungs")
    if not -FURTHEST <= rung.after <= FURTHEST or rung.after == 0:
        raise BadSetting(f"“{rung.title}”应在到期前后 1 至 {FURTHEST} 个工作日", remedy="请调整天数。", field="rungs")
    strange = sorted({*rung.tells} - {relation.value for relation in RelationKind})
    if strange:
        known = "、".join(f"{title}（{relation}）" for relation, title in RELATION_TITLES.items())
        raise BadSetting(
            f"“{rung.title}”没有“{strange[0]}”这一关系；可选：{known}", remedy="请重新选择。", field="rungs"
        )


def settings_named() -> Iterator[str]:
    """Yield the keys under which mechanisms look for organs of the place."""
    for mechanism in catalogue.MECHANISMS.values():
        yield from (name.removeprefix(SETTING) for name in _names(mechanism) if name.startswith(SETTING))


def _names(mechanism: Mechanism) -> Iterator[str]:
    yield from (role.via for role in mechanism.roles)
    for state in mechanism.states:
        if isinstance(state, Final):
            continue
        opens = [wish for act in (*state.moves, *state.lapses) for wish in act.opens]
        if isinstance(state, Await):
            opens += [wish for rule in state.ballot for wish in rule.opens]
            yield from state.carry.values()
        yield from (name for move in state.moves for name in move.copies)
        yield from (source for wish in opens for source in wish.carry.values())
    for child in mechanism.children():
        yield from _names(child)


def _set(
    key: str, value: dict[str, object], region_code: str, basis: str, valid_from: date, by: Account, now: datetime
) -> PlaceSetting:
    ground = said(basis, longest=LONGEST_BASIS, refusal=BadSetting, field="basis")
    with one_act():
        if region_on(region_code, on=valid_from) is None:
            raise BadSetting(f"没有区划 {region_code}", remedy="请核对区划代码。", field="region_code")
        return PlaceSetting.objects.create(
            region_code=region_code,
            key=key,
            value=value,
            basis=ground,
            valid_from=valid_from,
            set_by=by.username,
            set_at=now,
        )

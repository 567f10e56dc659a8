"""What a clock may run by, and what no rule may say."""

from datetime import date

import pytest

from fuyuantong.clock.rule import BadRule, Ceiling, Roll, Rule, Source, rule_from
from fuyuantong.clock.terms import Term, Unit

TWO_MONTHS = Term(2, Unit.MONTHS)
CEILING = Ceiling(key="JY-01", title="司法建议答复", basis="法释〔2023〕11号第8条", term=TWO_MONTHS)
FIXED = Rule(
    key="until:reply_by",
    title="答复",
    source=Source.FIXED,
    basis="建议书",
    fixed_on=date(2026, 10, 3),
    ceiling=CEILING,
    roll=Roll.NONE,
    is_verified=False,
)
HOUSE = Rule(key="house:sign-for", title="签收", source=Source.HOUSE, basis="方案三", term=Term(3, Unit.WORKING_DAYS))


@pytest.mark.parametrize("rule", [FIXED, HOUSE], ids=["fixed", "house"])
def test_a_rule_comes_back_from_its_data(rule: Rule) -> None:
    assert rule_from(rule.to_data()) == rule


def test_a_rule_says_its_length_or_its_date() -> None:
    assert HOUSE.said == "3个工作日"
    assert FIXED.said == "指定至2026-10-03"


@pytest.mark.parametrize(
    ("source", "word"),
    [(Source.LAW, "法定期限"), (Source.HOUSE, "本地约定期限"), (Source.FIXED, "指定日期")],
)
def test_the_source_tells_law_from_house(source: Source, word: str) -> None:
    assert source.word == word


@pytest.mark.parametrize(("term", "fixed_on"), [(None, None), (TWO_MONTHS, date(2026, 10, 3))], ids=["neither", "both"])
def test_a_rule_has_exactly_one_of_term_and_date(term: Term | None, fixed_on: date | None) -> None:
    with pytest.raises(BadRule, match="只能有一个"):
        Rule(key="x", title="答复", source=Source.LAW, basis="法", term=term, fixed_on=fixed_on)


@pytest.mark.parametrize(
    ("source", "term", "fixed_on"),
    [(Source.FIXED, TWO_MONTHS, None), (Source.LAW, None, date(2026, 10, 3))],
    ids=["term", "date"],
)
def test_only_a_date_is_fixed(source: Source, term: Term | None, fixed_on: date | None) -> None:
    with pytest.raises(BadRule, match="来源"):
        Rule(key="x", title="答复", source=source, basis="法", term=term, fixed_on=fixed_on)


@pytest.mark.parametrize("term", [TWO_MONTHS, Term(3, Unit.DAYS)])
def test_only_a_term_before_an_event_rolls_backward(term: Term) -> None:
    with pytest.raises(BadRule, match="提前"):
        Rule(key="x", title="答复", source=Source.LAW, basis="法", term=term, roll=Roll.BACKWARD)


def test_a_rule_has_a_basis() -> None:
    with pytest.raises(BadRule, match="缺少依据"):
        Rule(key="x", title="答复", source=Source.LAW, basis="", term=TWO_MONTHS)


@pytest.mark.parametrize(
    ("member", "value"),
    [("source", "guess"), ("roll", "sideways"), ("fixed_on", "2026-13-01"), ("ceiling", "JY-01"), ("ceiling", {})],
)
def test_spoiled_data_are_refused(member: str, value: object) -> None:
    with pytest.raises(BadRule, match="存储的规则"):
        rule_from({**FIXED.to_data(), member: value})


def test_missing_data_are_refused() -> None:
    with pytest.raises(BadRule, match="basis"):
        rule_from({name: value for name, value in HOUSE.to_data().items() if name != "basis"})

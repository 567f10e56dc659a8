"""How long a state gives its holder, in words: by law, by house term, or until a day that someone sets."""

from fuyuantong.clock.rule import Rule
from fuyuantong.desk.matters.subject import Subject
from fuyuantong.matters.place_settings import UnknownSetting
from fuyuantong.protocol import Clock, Final, State
from fuyuantong.protocol.offers import guards_hold
from fuyuantong.protocol.starting import rule_of


def term_words(subject: Subject, state_key: str) -> str:
    """Return how long the holder of a state has. Example: 10 个工作日; empty when no clock judges it."""
    state = subject.mechanism.state(state_key)
    if isinstance(state, Final) or not state.judged_by:
        return _review(subject, state) if isinstance(state, State) and state.review else ""
    return _words(subject, subject.mechanism.clock(state.judged_by))


def _words(subject: Subject, clock: Clock) -> str:
    values, facts = subject.situation.values, subject.situation.facts
    if clock.until:
        day = values.get(clock.until)
        return f"至 {day}" if isinstance(day, str) else f"至{subject.mechanism.value(clock.until).title}"
    fitting = [term for term in clock.terms() if guards_hold(term.when, values, facts)]
    rule = _rule(subject, fitting[0].key) if len(fitting) == 1 else None
    if rule is None or rule.term is None:
        return clock.title
    event = f"{subject.mechanism.value(clock.before).title}前 " if clock.before else ""
    return f"{event}{rule.term.title}"


def _review(subject: Subject, state: State) -> str:
    rule = _rule(subject, state.review)
    return f"每 {rule.term.title}说明一次" if rule and rule.term else ""


def _rule(subject: Subject, key: str) -> Rule | None:
    try:
        return rule_of(key, subject.visit.today, subject.world, near=subject.situation.holder)
    except UnknownSetting:
        return None  # the declaration names a term that this place does not know yet: its own page says so

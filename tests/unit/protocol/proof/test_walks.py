"""Configurations: what is told apart, what is forgotten, which way a path goes."""

from dataclasses import replace

from tests.unit.protocol.proof.letters import LETTER, on, on_move, plus, plus_move

from fuyuantong.protocol import Clock, Do, Entry, Example, Is, Lapse, Mechanism, Move, Role
from fuyuantong.protocol.proving.configuration import Configuration, Space, explore, verdict
from fuyuantong.protocol.proving.frame import Frame


def walked(mechanism: Mechanism) -> Space:
    """Return everything that a matter of this mechanism can come to."""
    return explore(Frame(mechanism, inherited=frozenset(), others={}))


def at(space: Space, state: str) -> list[Configuration]:
    """Return the configurations of a state."""
    return [configuration for configuration in space.configurations if configuration.state == state]


ASKS_KIND = on_move(LETTER, "drafting", "send", asks=("addressee", "kind"))
READS_KIND = on_move(ASKS_KIND, "answering", "reply", when=(Is("kind", "甲", "乙"),))
NOTE = Move("note", "记录", to="answering", asks=("reason",), at_most=2)


def test_what_no_guard_reads_is_not_told_apart() -> None:
    assert at(walked(ASKS_KIND), "answering") == [Configuration("answering", (), ())]


def test_what_a_guard_reads_is_told_apart() -> None:
    assert [found.values for found in at(walked(READS_KIND), "answering")] == [("甲",), ("乙",)]


def test_what_is_read_no_more_is_forgotten() -> None:
    assert [found.values for found in at(walked(READS_KIND), "done")] == [(None,)]


def test_what_is_asked_anew_is_forgotten() -> None:
    anew = on_move(READS_KIND, "answering", "reply", asks=("reply", "kind"))

    assert [found.values for found in at(walked(anew), "answering")] == [(None,)]


def test_a_counted_move_is_counted_up_to_its_bound() -> None:
    space = walked(plus_move(LETTER, "answering", NOTE))

    assert [found.counts for found in at(space, "answering")] == [(0,), (1,), (2,)]
    assert [found.counts for found in at(space, "done")] == [(0,)]


def test_one_key_is_counted_over_all_states() -> None:
    twice = plus_move(plus_move(LETTER, "drafting", replace(NOTE, to="drafting", at_most=0)), "answering", NOTE)

    assert [found.counts for found in at(walked(twice), "drafting")] == [(0,), (1,), (2,)]


def test_what_may_be_asked_may_stay_as_it_was() -> None:
    perhaps = on_move(READS_KIND, "drafting", "send", asks=("addressee",), may_ask=("kind",))

    assert [found.values for found in at(walked(perhaps), "answering")] == [(None,), ("甲",), ("乙",)]


def test_an_entry_carries_every_value_that_is_read() -> None:
    carried = plus(READS_KIND, entries=(Entry("answering", by="court", opened=True, carried=("agency", "kind")),))

    assert len(walked(carried).entries) == 3


WINDOW = on_move(LETTER, "answering", "reply", until="answer")


def test_a_clock_that_shuts_a_window_passes() -> None:
    assert [found.past for found in at(walked(WINDOW), "answering")] == [frozenset(), frozenset({"answer"})]


def test_an_extension_opens_the_window_again() -> None:
    lengthen = Move("put_off", "延期", to="answering", asks=("reason",), restarts=("answer",), at_most=1)
    space = walked(plus_move(WINDOW, "answering", lengthen))

    assert [(edge.act, space.configurations[edge.target].past) for edge in space.edges if edge.act is lengthen] == [
        (lengthen, frozenset()),
        (lengthen, frozenset()),
    ]


def test_a_day_given_anew_opens_the_window_again() -> None:
    dated = on(on_move(WINDOW, "drafting", "send", asks=("addressee", "day")), "clocks", "answer", term="", until="day")
    anew = Move("reschedule", "另定日期", to="answering", asks=("day",), at_most=1)
    space = walked(plus_move(dated, "answering", anew))

    opened = [space.configurations[edge.target].past for edge in space.edges if edge.act is anew]
    assert opened == [frozenset(), frozenset()]


def test_between_the_last_day_and_its_lapse_the_holder_may_still_act() -> None:
    lapsing = on(WINDOW, "states", "answering", lapses=(Lapse("answer", to="answering"),))

    assert [found.past for found in at(walked(lapsing), "answering")] == [frozenset(), frozenset({"answer"})]
    assert len([edge for edge in walked(lapsing).edges if isinstance(edge.act, Clock)]) == 1


def test_the_first_lapse_whose_guard_holds_is_taken() -> None:
    first = Lapse("answer", to="drafting", when=(Is("kind", "甲"),))
    space = walked(on(READS_KIND, "states", "answering", lapses=(first, Lapse("answer", to="answering"))))

    taken = [(space.known(edge.source)["kind"], edge.act.to) for edge in space.edges if isinstance(edge.act, Lapse)]
    assert taken == [("甲", "drafting"), ("乙", "answering")]


def test_a_guard_that_fails_needs_to_know_nothing_else() -> None:
    guards = (Is("kind", "甲"), Is("urgent", True))

    assert verdict(guards, {"kind": "乙", "urgent": None}) == (False, "")
    assert verdict(guards, {"kind": None, "urgent": False}) == (False, "")
    assert verdict(guards, {"kind": None, "urgent": None}) == (False, "kind")
    assert verdict(guards, {"kind": "甲", "urgent": True}) == (True, "")


def test_roles_follow_from_one_another_in_any_order() -> None:
    roles = (Role("top", "上级", via="superior_of:boss"), Role("boss", "上级", via="superior_of:agency"))
    frame = Frame(plus(LETTER, roles=roles), inherited=frozenset(), others={})

    assert frame.closed(frame.mask("addressee")) == frame.mask("addressee", "agency", "boss", "top")


def test_a_role_of_the_place_is_always_bound() -> None:
    frame = Frame(
        plus(LETTER, roles=(Role("office", "办公室", via="setting:office"),)), inherited=frozenset(), others={}
    )

    assert frame.closed(0) == frame.mask("office")


def test_an_example_walks_what_was_explored() -> None:
    shown = replace(READS_KIND, examples=(Example("乙类", (Do("send", {"kind": "乙"}), Do("reply")), ends="done"),))

    assert len(walked(shown).configurations) == 4

"""Keys: each once, each reference to something, and to the right sort of thing."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import (
    ANSWERING,
    COLLECTING,
    COURT,
    LETTER,
    ROUND,
    on,
    on_move,
    plus,
    proof_of,
    rules_broken,
)

from fuyuantong.protocol import (
    Clock,
    Draws,
    Enters,
    Entry,
    Event,
    Extends,
    Figures,
    Is,
    Lapse,
    Matter,
    Mechanism,
    Opens,
    Prefill,
    Received,
    Recurs,
    Request,
    Role,
    Tally,
    Tells,
    Text,
    Unfinished,
)

DOUBLED = {
    "role": plus(LETTER, roles=(COURT,)),
    "role and field": plus(LETTER, roles=(Role("reason", "理由方"),)),
    "field and fact": on_move(LETTER, "answering", "reply", sets={"reason": True}),
    "state": plus(LETTER, states=(ANSWERING,)),
    "clock": plus(LETTER, clocks=(Clock("answer", "又一期限", "JY-01"),)),
    "entry": plus(LETTER, entries=(Entry("drafting", by="court"),)),
    "request": plus(LETTER, requests=(Request("ask", "问", by=("court",), states=("answering",), rows="points"),) * 2),
    "move": on(LETTER, "states", "answering", moves=ANSWERING.moves * 2),
    "column": on(LETTER, "fields", "points", columns=(Text("point", "要点"), Text("point", "又要点")), later=()),
    "child": plus(ROUND, states=(replace(COLLECTING, key="again", child=replace(COLLECTING.child, title="又会签")),)),
}


@pytest.mark.parametrize("declaration", DOUBLED.values(), ids=DOUBLED)
def test_a_key_stands_once(declaration: Mechanism) -> None:
    assert rules_broken(declaration) == {"duplicate-key"}


def test_a_role_may_have_the_key_of_the_field_that_names_it() -> None:
    same = on(LETTER, "roles", "agency", key="addressee")
    same = on(same, "states", "answering", holder="addressee")

    assert not proof_of(on(same, "states", "done", by=("addressee",))).faults


RECURS = Recurs("letter", organ="addressee", same=("kind",), words=("reply",), within="house:sign")
POINTS = on(
    LETTER, "fields", "points", columns=(Text("point", "要点"), Text("why", "缘由"), Matter("which", "事项")), later=()
)
OPEN_POINTS = Unfinished("letter", same="kind", text="point", cause="why", matter="which")
FIGURES = Figures("points", name="rate", above="amount", below="amount", period="reason", by="agency")
SUMMONED = on_move(LETTER, "answering", "reply", asks=("reply", "day"))
ASK = Request("ask", "问", by=("court",), states=("answering",), rows="points")

UNKNOWN = {
    "state of a move": on_move(LETTER, "answering", "reply", to="nowhere"),
    "state beyond": on_move(LETTER, "answering", "reply", at_most=1, beyond="nowhere"),
    "state of a lapse": on(LETTER, "states", "answering", lapses=(Lapse("answer", to="nowhere"),)),
    "state of a ballot": on(ROUND, "states", "collecting", ballot=(Tally("otherwise", to="nowhere"),)),
    "state of a demand": plus(LETTER, requests=(replace(ASK, rows="", demand="nowhere"),)),
    "state of a request": plus(LETTER, requests=(replace(ASK, states=("nowhere",)),)),
    "state of an entry": plus(LETTER, entries=(Entry("nowhere", by="court"),)),
    "state of an old version": replace(LETTER, supersedes={"old": "nowhere"}),
    "state that a clock keeps over": on(LETTER, "clocks", "answer", keeps=("nowhere",)),
    "state that a clock rests in": on(LETTER, "clocks", "answer", stops=("nowhere",)),
    "holder": on(LETTER, "states", "answering", holder="nobody"),
    "who enters": replace(LETTER, entries=(Entry("drafting", by="nobody"),)),
    "what is carried": replace(LETTER, entries=(Entry("drafting", by="court", carried=("nobody",)),)),
    "who requests": plus(LETTER, requests=(replace(ASK, by=("nobody",)),)),
    "who closes": on(LETTER, "states", "done", by=("nobody",)),
    "who keeps": on_move(LETTER, "answering", "reply", draws=(Draws("claim", "k", "reply", keeper="nobody"),)),
    "who may be the same": on(LETTER, "roles", "court", may_be_same=("nobody",)),
    "base of a role": on(LETTER, "roles", "agency", via="superior_of:nobody"),
    "field of a role": on(LETTER, "roles", "agency", via="field:nothing"),
    "clock of a state": on(LETTER, "states", "answering", judged_by="none"),
    "clock of a lapse": on(LETTER, "states", "answering", lapses=(Lapse("none", to="done"),)),
    "clock of a window": on_move(LETTER, "answering", "reply", until="none"),
    "clock of an extension": on_move(LETTER, "answering", "reply", extends=(Extends("none", term="JY-01"),)),
    "date of a clock": on(LETTER, "clocks", "answer", term="", until="nothing"),
    "date of an extension": on_move(LETTER, "answering", "reply", extends=(Extends("answer", until="nothing"),)),
    "field asked": on_move(LETTER, "answering", "reply", asks=("nothing",)),
    "column asked": on_move(LETTER, "answering", "reply", asks=("points.nothing",)),
    "field of a row drawn": on_move(LETTER, "answering", "reply", draws=(Draws("claim", "k", "x", keeper="agency"),)),
    "field entered": on_move(LETTER, "answering", "reply", enters=(Enters("list", ("nothing",)),)),
    "day on which it falls due": on_move(LETTER, "answering", "reply", enters=(Enters("list", (), falls_due="x"),)),
    "rows of a request": plus(LETTER, requests=(replace(ASK, rows="nothing"),)),
    "field needed": on(LETTER, "states", "done", needs=("field:nothing",)),
    "column needed": on(LETTER, "states", "done", needs=("field:points.nothing",)),
    "column asked later": on(LETTER, "fields", "points", later=("nothing",)),
    "what a guard reads": on_move(LETTER, "answering", "reply", when=(Is("nothing", "x"),)),
    "who is copied": on_move(LETTER, "answering", "reply", copies=("nobody",)),
    "who is copied by relation": on_move(LETTER, "answering", "reply", copies=("superior_of:nobody",)),
    "rows opened": on_move(LETTER, "answering", "reply", opens=(Opens("letter", "drafting", each="nothing"),)),
    "what is carried out": on_move(LETTER, "answering", "reply", opens=(Opens("letter", "drafting", {"a": "b"}),)),
    "column carried out": on_move(
        LETTER, "answering", "reply", opens=(Opens("letter", "drafting", {"a": "row.b"}, each="points"),)
    ),
    "what is carried to a child": on(ROUND, "states", "collecting", carry={"opinion": "nothing"}),
    "whom an Await waits for": on(ROUND, "states", "collecting", per="nobody"),
    "whom a problem recurs with": replace(LETTER, recurs=replace(RECURS, organ="nobody")),
    "kind of what recurs": replace(LETTER, recurs=replace(RECURS, same=("nothing",))),
    "table of figures": replace(LETTER, figures=FIGURES),
    "words of what recurs": replace(LETTER, recurs=replace(RECURS, words=("points.nothing",))),
    "kind by which a table begins": on(POINTS, "fields", "points", begins_with=replace(OPEN_POINTS, same="nothing")),
    "text of an open matter": on(POINTS, "fields", "points", begins_with=replace(OPEN_POINTS, text="nothing")),
    "state whose children fill a table": on(LETTER, "fields", "points", begins_with=Received("nowhere", columns={})),
    "column that is filled": on(
        ROUND, "fields", "points", begins_with=Received("collecting", columns={"no": "opinion"})
    ),
    "day of an event": replace(LETTER, event=Event("nothing")),
    "hour of an event": replace(SUMMONED, event=Event("day", begins="nothing")),
    "state in which an event is open": replace(SUMMONED, event=Event("day", tentative=("nowhere",))),
    "text voted on": on(ROUND, "states", "collecting", text="nothing"),
}


@pytest.mark.parametrize("declaration", UNKNOWN.values(), ids=UNKNOWN)
def test_a_reference_leads_somewhere(declaration: Mechanism) -> None:
    assert rules_broken(declaration) == {"unknown-key"}


LINKED = {
    "role bound in the child": on(ROUND, "states", "collecting", each="nobody"),
    "field brought back": on(ROUND, "states", "collecting", outcomes=("nothing",)),
    "ending counted": on(
        ROUND,
        "states",
        "collecting",
        ballot=(Tally("all", ("agreed", "vanished"), to="done"), Tally("otherwise", to="failed")),
    ),
}


@pytest.mark.parametrize("declaration", LINKED.values(), ids=LINKED)
def test_a_reference_into_a_child_leads_somewhere(declaration: Mechanism) -> None:
    assert "unknown-key" in rules_broken(declaration)


WRONG = {
    "a text is no figure": replace(LETTER, figures=replace(FIGURES, name="point", above="unit", below="point")),
    "a day is no kind": replace(LETTER, recurs=replace(RECURS, same=("day",))),
    "a Final holds nobody's clock": on(LETTER, "clocks", "answer", keeps=("done",)),
    "a text holds no organ": on(LETTER, "fields", "reply", prefill=Prefill.HOLDER),
    "a register takes over no text": on(LETTER, "fields", "reply", tells=Tells.FINDING),
    "a text is no day": on(LETTER, "clocks", "answer", term="", until="reply"),
    "a text names no organ": on(LETTER, "roles", "agency", via="field:reply"),
    "a table begins by a choice": on(POINTS, "fields", "points", begins_with=replace(OPEN_POINTS, same="reply")),
    "a text keeps no matter": on(POINTS, "fields", "points", begins_with=replace(OPEN_POINTS, matter="point")),
    "no children come back to a state": on(LETTER, "fields", "points", begins_with=Received("answering", columns={})),
    "an event has a day": replace(LETTER, event=Event("reply")),
    "a text is no hour": replace(SUMMONED, event=Event("day", begins="reply")),
    "a text convenes no event": replace(SUMMONED, event=Event("day", series="kind", convenor="reply")),
    "those who came are counted by a choice": replace(SUMMONED, event=Event("day", attendance="points.point")),
    "an event comes again by a choice": replace(SUMMONED, event=Event("day", series="reply")),
    "an event is over at an ending": replace(SUMMONED, event=Event("day", tentative=("done",))),
    "several organs are not one": on(LETTER, "roles", "agency", via="field:others"),
    "a text is not finite": on_move(LETTER, "answering", "reply", when=(Is("reply", "是"),)),
    "a text is no table": plus(LETTER, requests=(replace(ASK, rows="reply"),)),
    "a fund is drawn by a number": on_move(
        LETTER, "answering", "reply", draws=(Draws("reserve", "fund", "reply", keeper="agency"),)
    ),
    "a key is claimed by a text": on_move(
        LETTER, "answering", "reply", draws=(Draws("claim", "key", "amount", keeper="agency"),)
    ),
    "an Await waits for organs": on(ROUND, "states", "collecting", per="reason"),
    "a column for an Await is there from the first": on(ROUND, "states", "collecting", per="points.result"),
    "a column that comes with its row is not asked": on_move(LETTER, "answering", "reply", asks=("points.point",)),
}


@pytest.mark.parametrize("declaration", WRONG.values(), ids=WRONG)
def test_a_reference_leads_to_the_right_sort_of_thing(declaration: Mechanism) -> None:
    assert rules_broken(declaration) <= {"wrong-sort", "unknown-key"}


def test_the_wrong_sort_is_told_from_the_unknown() -> None:
    assert rules_broken(WRONG["a text is no day"]) == {"wrong-sort"}


def test_a_guard_reads_values_that_there_are() -> None:
    assert rules_broken(on_move(LETTER, "answering", "reply", when=(Is("kind", "丙"),))) == {"unknown-value"}


RELATIONS = {
    "of a role": on(LETTER, "roles", "agency", via="cousin_of:court"),
    "of a role without a base": on(LETTER, "roles", "agency", via="superior_of_court"),
    "of a copy": on_move(LETTER, "answering", "reply", copies=("cousin_of:court",)),
    "of a carry": on_move(LETTER, "answering", "reply", opens=(Opens("letter", "drafting", {"a": "cousin_of:court"}),)),
    "of a carry to a child": on(ROUND, "states", "collecting", carry={"opinion": "cousin_of:court"}),
}


@pytest.mark.parametrize("declaration", RELATIONS.values(), ids=RELATIONS)
def test_a_relation_is_known_to_the_directory(declaration: Mechanism) -> None:
    assert rules_broken(declaration) == {"unknown-relation"}


def test_a_mechanism_that_is_opened_exists() -> None:
    opening = on_move(LETTER, "answering", "reply", opens=(Opens("vanished", "drafting"),))

    assert rules_broken(opening) == {"unknown-mechanism"}


def test_a_mechanism_that_is_awaited_exists() -> None:
    assert rules_broken(on(ROUND, "states", "collecting", child="vanished")) == {"unknown-mechanism"}


def test_all_broken_references_are_told_at_once_with_their_place() -> None:
    twice = on_move(on(LETTER, "states", "answering", holder="nobody"), "answering", "reply", to="nowhere")

    assert [(fault.message, fault.path) for fault in proof_of(twice).faults] == [
        ("办理方“nobody”不存在", ("待答复（answering）",)),
        ("去向“nowhere”不存在", ("待答复（answering）", "答复（reply）")),
    ]


def test_a_mechanism_begins_somewhere() -> None:
    assert rules_broken(replace(LETTER, entries=())) == {"no-entry"}

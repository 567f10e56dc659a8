"""The judge itself: each way to strand a matter, in a small declaration that has only it; the proof sees it too."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from tests.oracles.parts import FOLLOW_UP
from tests.oracles.rulebook import Word, by_key
from tests.oracles.sketch import guard, move
from tests.oracles.spelling import spell, tidy
from tests.oracles.strand import judge
from tests.oracles.telling import retell

from fuyuantong.protocol.form import from_data
from fuyuantong.protocol.proof import prove

OTHERS = {"follow-up": FOLLOW_UP}
MECHANISMS = {"follow-up": from_data(FOLLOW_UP)}
TERMS = frozenset({"a", "b", "house:answer", "house:weigh", "house:opine", "house:handle"})

ASKED = spell(
    "Mechanism",
    key="asked",
    title="表态",
    roles=[spell("Role", key="member", title="成员"), spell("Role", key="court", title="法院")],
    fields=[spell("Text", key="opinion", title="意见")],
    clocks=[spell("Clock", key="opine", title="表态", term="house:opine")],
    entries=[spell("Entry", state="opining", by="court", opened=True, carried=["court", "member"])],
    states=[
        spell(
            "State",
            key="opining",
            title="待表态",
            holder="member",
            judged_by="opine",
            moves=[move("agree", "agreed", "opinion"), move("object", "objected", "opinion")],
        ),
        spell("Final", key="agreed", title="同意", kind="accepted", by=["member"]),
        spell("Final", key="objected", title="不同意", kind="refused"),
        spell("Final", key="recalled", title="收回", kind="superseded", basis="不再等待"),
    ],
)

LETTER = spell(
    "Mechanism",
    key="letter",
    title="去函",
    roles=[
        spell("Role", key="court", title="法院"),
        spell("Role", key="agency", title="机关", via="field:addressee"),
        spell("Role", key="office", title="办公室", via="setting:office"),
    ],
    fields=[
        spell("Organ", key="addressee", title="收函机关"),
        spell("Organs", key="members", title="成员"),
        spell("Text", key="reason", title="理由"),
        spell("Text", key="reply", title="答复"),
        spell("Number", key="amount", title="金额"),
        spell("Date", key="day", title="期限"),
        spell("Choice", key="kind", title="类型", options=["甲", "乙"]),
    ],
    clocks=[
        spell("Clock", key="answer", title="答复", term="house:answer"),
        spell("Clock", key="weigh", title="审查", term="house:weigh"),
    ],
    entries=[spell("Entry", state="drafting", by="court")],
    states=[
        spell(
            "State",
            key="drafting",
            title="拟稿",
            holder="court",
            unclocked="未发出",
            inner=True,
            moves=[move("send", "answering", "addressee", numbers="letter")],
        ),
        spell(
            "State",
            key="answering",
            title="待答复",
            holder="agency",
            judged_by="answer",
            moves=[move("reply", "weighing", "reply", "kind")],
        ),
        spell(
            "State",
            key="weighing",
            title="待审查",
            holder="court",
            judged_by="weigh",
            moves=[move("accept", "done", "reason"), move("end", "ended", "reason")],
        ),
        spell("Final", key="done", title="办结", kind="decided", by=["court"], needs=["number"]),
        spell("Final", key="ended", title="终结", kind="refused"),
    ],
)


class Draft:
    """A copy of the letter in which every word is found by its key."""

    def __init__(self) -> None:
        self.data: Word = deepcopy(LETTER)
        self.states = by_key(self.data["states"])
        self.clocks = by_key(self.data["clocks"])
        self.roles = by_key(self.data["roles"])
        self.fields = by_key(self.data["fields"])
        self.moves = {move["key"]: move for state in self.data["states"] for move in state.get("moves", [])}

    def awaiting(self, *ballot: Word) -> Word:
        """Let the court ask members for their opinion before it weighs."""
        self.moves["reply"]["to"] = "asking"
        self.moves["send"]["asks"].append("members")
        asking = spell(
            "Await",
            key="asking",
            title="征求意见",
            holder="court",
            judged_by="weigh",
            child=deepcopy(ASKED),
            per="members",
            each="member",
            ballot=list(ballot) or [spell("Tally", how="otherwise", to="weighing")],
            moves=[move("cut", "weighing", "reason")],
        )
        self.data["states"].insert(3, asking)
        return asking


Harm = Callable[[Draft], object]

HARMS: dict[str, tuple[str, Harm]] = {
    "a role that nobody binds": ("holderless", lambda d: d.moves["send"]["asks"].remove("addressee")),
    "a holder of many organs": ("holderless", lambda d: d.roles["agency"].update(many=True)),
    "a holder who can do nothing": ("idle", lambda d: d.states["weighing"].update(moves=[])),
    "a value for which there is no way on": (
        "endless",
        lambda d: [d.moves[key].update(when=[guard("kind", "甲")]) for key in ("accept", "end")],
    ),
    "a move to a state that is not there": ("nowhere", lambda d: d.moves["reply"].update(to="elsewhere")),
    "a receiver without a clock": (
        "unclocked",
        lambda d: d.states["answering"].update(judged_by="", unclocked="由承办单位掌握"),
    ),
    "a clock that rests where it should judge": ("unclocked", lambda d: d.clocks["answer"].update(stops=["answering"])),
    "a draft that comes back issued": (
        "unclocked",
        lambda d: d.states["weighing"]["moves"].append(move("redo", "drafting", "reason", at_most=1)),
    ),
    "a return without bound": (
        "circling",
        lambda d: d.states["weighing"]["moves"].append(move("back", "answering", "reason")),
    ),
    "a bounded return whose beyond leads back": (
        "circling",
        lambda d: d.states["weighing"]["moves"].append(
            move("back", "answering", "reason", at_most=1, beyond="answering")
        ),
    ),
    "a lap that is renewed and cannot be left": (
        "renewal",
        lambda d: d.states["weighing"].update(moves=[move("renew", "weighing", "day", renews="新情况")]),
    ),
    "a last exit that is bounded": (
        "endless",
        lambda d: d.states["weighing"].update(moves=[move("note", "weighing", "reason", at_most=2)]),
    ),
    "a window that shuts on the last exit": (
        "endless",
        lambda d: [d.moves[key].update(until="weigh") for key in ("accept", "end")],
    ),
    "an ending without its number": ("unmet", lambda d: d.moves["send"].pop("numbers")),
    "an ending by one who may not close": ("closer", lambda d: d.states["done"].update(by=["agency"])),
    "an ending without evidence": ("evidence", lambda d: d.moves["accept"].update(asks=[])),
    "an ending without a reason": ("reason", lambda d: d.moves["end"].update(asks=[])),
    "a lapse that cannot be set aside": (
        "set-aside",
        lambda d: d.states["weighing"].update(lapses=[spell("Lapse", clock="weigh", to="ended")]),
    ),
    "a guard on what was never given": (
        "vague",
        lambda d: [d.moves["reply"]["asks"].remove("kind"), d.moves["end"].update(when=[guard("kind", "甲")])],
    ),
    "a day that was never given": ("vague", lambda d: d.clocks["answer"].update(since="day")),
    "no term for a value": (
        "terms",
        lambda d: d.clocks["weigh"].update(
            term="", cases=[spell("Term", key="house:weigh", when=[guard("kind", "甲")])]
        ),
    ),
    "two terms for a value": (
        "terms",
        lambda d: d.clocks["weigh"].update(
            term="", cases=[spell("Term", key="a"), spell("Term", key="b", when=[guard("kind", "甲")])]
        ),
    ),
    "a ballot that leaves an outcome open": (
        "undecided",
        lambda d: d.awaiting(spell("Tally", how="all", endings=["agreed"], to="weighing")),
    ),
    "an Await for nobody": ("waits-for-nobody", lambda d: [d.awaiting(), d.moves["send"]["asks"].remove("members")]),
    "an Await that leaves its holder nothing": ("await-act", lambda d: d.awaiting().update(moves=[])),
    "a child that is not handed what it needs": (
        "opening",
        lambda d: d.awaiting()["child"]["entries"][0]["carried"].append("opinion"),
    ),
    "a child that strands": ("idle", lambda d: d.awaiting()["child"]["states"][0].update(moves=[])),
    "money that another keeps": (
        "keeper",
        lambda d: d.moves["accept"].update(
            draws=[spell("Draws", act="reserve", of="fund", by="amount", keeper="office")]
        ),
    ),
    "an opening of what is not there": (
        "opening",
        lambda d: d.moves["accept"].update(opens=[spell("Opens", mechanism="follow-up", entry="nowhere")]),
    ),
    "an opening that carries too little": (
        "opening",
        lambda d: d.moves["accept"].update(
            opens=[spell("Opens", mechanism="follow-up", entry="open", carry={"source": "court"})]
        ),
    ),
    "a stop without a cause": (
        "cause",
        lambda d: [
            d.clocks["answer"].update(stops=["weighing"]),
            d.moves["reply"].update(asks=[]),
            d.states["weighing"].update(judged_by="weigh"),
        ],
    ),
    "two parts for one organ": (
        "clash",
        lambda d: [d.roles["office"].update(via="field:addressee"), d.states["weighing"].update(holder="office")],
    ),
    "an opening with one organ in two parts": (
        "clash",
        lambda d: d.moves["accept"].update(
            opens=[
                spell(
                    "Opens",
                    mechanism="follow-up",
                    entry="open",
                    carry={"source": "court", "keeper": "court", "matter": "reason"},
                )
            ]
        ),
    ),
    "a guard on a secret": (
        "secret",
        lambda d: [d.fields["kind"].update(secret=True), d.moves["end"].update(when=[guard("kind", "甲")])],
    ),
    "a secret holder": ("holderless", lambda d: d.fields["addressee"].update(secret=True)),
    "a request that nobody can make": (
        "requester",
        lambda d: d.data.update(
            roles=[*d.data["roles"], spell("Role", key="guest", title="客", via="field:nobody")],
            requests=[
                spell("Request", key="stop", title="停", by=["guest"], states=["answering"], asks=["reason"], demand="ended")
            ],
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_judge_and_proof_see(harm: str) -> None:
    rule, do = HARMS[harm]
    draft = Draft()
    do(draft)
    retell(tidy(draft.data), OTHERS)

    assert rule in judge(draft.data, OTHERS).rules()
    assert prove(from_data(draft.data), terms=TERMS, mechanisms=MECHANISMS).faults


def test_judge_and_proof_let_the_letter_pass() -> None:
    draft = Draft()
    retell(draft.data, OTHERS)

    assert judge(draft.data, OTHERS).findings == ()
    assert prove(from_data(draft.data), terms=TERMS, mechanisms=MECHANISMS).faults == ()


def test_judge_and_proof_let_a_letter_pass_that_asks_its_members() -> None:
    draft = Draft()
    draft.awaiting()
    retell(draft.data, OTHERS)

    assert judge(draft.data, OTHERS).findings == ()
    assert prove(from_data(draft.data), terms=TERMS, mechanisms=MECHANISMS).faults == ()


def test_the_judge_misses_an_example_that_was_left_out() -> None:
    draft = Draft()
    retell(draft.data, OTHERS)
    draft.data["examples"] = [example for example in draft.data["examples"] if example["ends"] != "ended"]

    assert judge(draft.data, OTHERS).rules() == {"uncovered"}


def test_the_judge_refuses_an_example_that_cannot_be_played() -> None:
    draft = Draft()
    retell(draft.data, OTHERS)
    draft.data["examples"][0]["steps"].pop(0)

    assert "example" in judge(draft.data, OTHERS).rules()


def test_two_that_wait_for_each_other_wait_for_ever() -> None:
    draft, other = Draft(), Draft()
    draft.awaiting()["child"] = "other"
    other.awaiting()["child"] = "letter"
    other.data["key"] = "other"

    assert "awaits-itself" in judge(draft.data, {"other": other.data}).rules()


def test_the_way_to_a_strand_is_told() -> None:
    draft = Draft()
    draft.states["weighing"]["moves"] = []

    told = next(finding for finding in judge(draft.data, OTHERS).findings if finding.rule == "idle")

    assert told.path == ("drafting —own send→", "answering —own reply→", "weighing")

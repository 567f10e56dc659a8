"""Small declarations made up at random, such that a matter of them is always held, clocked and can end."""

from random import Random

from tests.oracles.parts import SENDER, opinion
from tests.oracles.rulebook import Word
from tests.oracles.spelling import spell

RECEIVER, OFFICE = "receiver", "office"
OPTIONS = ["甲类", "乙类", "丙类"]


def generate(rng: Random) -> Word:
    """Make up one declaration; most, not all, are sound: ask the judge."""
    return _Author(rng).write()


class _Author:
    """Write a declaration stage by stage: a draft, some stations held in turn, and endings."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.states: list[Word] = []
        self.clocks: list[Word] = []
        self.requests: list[Word] = []
        self.finals: dict[str, Word] = {}
        self.stations = [f"s{n}" for n in range(1, rng.randint(2, 5))]
        self.has_receiver = rng.random() < 0.85
        self.options = OPTIONS[: rng.choice([2, 3])]
        self.is_typed = rng.random() < 0.5
        self.awaiting = rng.choice([*self.stations, ""]) if rng.random() < 0.5 else ""
        self.supervises = rng.random() < 0.5

    def write(self) -> Word:
        """Return the whole declaration, examples not yet told."""
        self._draft()
        for place, key in enumerate(self.stations):
            self._await(place, key) if key == self.awaiting else self._station(place, key)
        if self._is_supervised():
            self._supervision()
        if self.rng.random() < 0.3:
            self._withdrawal()
        entries = [spell("Entry", state="draft", by=SENDER)]
        if self.rng.random() < 0.3:
            entries.append(self._relayed())
        return spell(
            "Mechanism",
            key=f"made-{self.rng.randrange(10**9)}",
            title="试件",
            basis="测试",
            roles=self._roles(),
            fields=self._fields(),
            clocks=self.clocks,
            entries=entries,
            states=[*self.states, *self.finals.values()],
            requests=self.requests,
        )

    def _split(self) -> tuple[list[str], list[str]]:
        cut = self.rng.randrange(1, len(self.options))
        return self.options[:cut], self.options[cut:]

    def _is_supervised(self) -> bool:
        acts = [act for state in self.states for word in ("moves", "lapses") for act in state.get(word, [])]
        return any("supervised" in (act["to"], act.get("beyond")) for act in acts)

    def _roles(self) -> list[Word]:
        receiver = "field:to_organ" if self.has_receiver else "setting:receiver"
        office = self.rng.choice([f"office_of:{SENDER}", f"superior_of:{RECEIVER}", "setting:office"])
        return [
            spell("Role", key=SENDER, title="发出单位", branch="court"),
            spell("Role", key=RECEIVER, title="收到单位", via=receiver),
            spell("Role", key=OFFICE, title="办公室", via=office),
        ]

    def _fields(self) -> list[Word]:
        return [
            spell("Organ", key="to_organ", title="收到单位"),
            spell("Organs", key="members", title="成员单位"),
            spell("Choice", key="kind", title="类型", options=self.options),
            spell("Flag", key="urgent", title="是否紧急"),
            spell("Date", key="reply_by", title="答复期限"),
            spell("Text", key="body", title="正文", samples=["甲"]),
            spell("Text", key="reason", title="理由", samples=["甲"]),
            spell("Text", key="reply", title="答复", samples=["甲"]),
            spell("Rows", key="items", title="事项", at_least=1, columns=[spell("Text", key="item", title="事项")]),
        ]

    def _final(self, key: str, kind: str, **members: object) -> str:
        if key not in self.finals:
            self.finals[key] = spell("Final", key=key, title=key, kind=kind, **members)
        by = members.get("by", [])
        if by:
            known = self.finals[key].setdefault("by", [])
            known += [role for role in by if role not in known]  # type: ignore[attr-defined]
        return key

    def _clock(self, key: str, **members: object) -> str:
        if not members:
            lengths: list[dict[str, object]] = [{"term": "house:term"}, {"term": "JY-01"}]
            lengths.append({"until": "reply_by", "term": "JY-01"})
            lengths.append({"term": "house:term", "since": "reply_by"})
            if self.is_typed:
                lengths.append({"cases": self._cases()})
            members = self.rng.choice(lengths)
        self.clocks.append(spell("Clock", key=key, title=key, **members))
        return key

    def _cases(self) -> list[Word]:
        first, rest = self._split()
        return [
            spell("Term", key="JY-01", when=[spell("Is", of="kind", values=first)]),
            spell("Term", key="JY-02", when=[spell("Is", of="kind", values=rest)]),
        ]

    def _draft(self) -> None:
        asks = ["body", "reply_by", "items"]
        asks += ["to_organ"] if self.has_receiver else []
        asks += ["kind"] if self.is_typed else []
        asks += ["members"] if self.awaiting else []
        moves = [
            spell(
                "Move",
                key="issue",
                title="签发",
                to=self.stations[0],
                asks=asks,
                numbers="letter",
                drafts="letter",
                signed=self.rng.random() < 0.5,
                copies=[RECEIVER] if self.rng.random() < 0.3 else [],
            )
        ]
        if self.rng.random() < 0.4:
            moves.append(
                spell("Move", key="drop", title="撤销", to=self._final("dropped", "withdrawn"), asks=["reason"])
            )
        if self.rng.random() < 0.4:
            moves.append(spell("Move", key="redraft", title="改稿", to="draft", renews="起草中", asks=["body"]))
        free = moves[-1]["key"] != "redraft" and self.rng.random() < 0.7
        clocked = {"unclocked": "未发出"} if free else {"judged_by": self._clock("drafting", term="house:draft")}
        self.states.append(spell("State", key="draft", title="拟稿", holder=SENDER, inner=True, moves=moves, **clocked))

    def _holder(self, place: int) -> str:
        return self.rng.choice([RECEIVER, RECEIVER, SENDER, OFFICE] if place else [RECEIVER, OFFICE])

    def _onward(self, place: int, holder: str) -> str:
        """Return the next station, or the ending when this is the last."""
        if place + 1 < len(self.stations):
            return self.stations[place + 1]
        needs = self.rng.sample(["number", "document:letter", "field:body", "field:items.item"], k=2)
        return self._final("closed", self.rng.choice(["decided", "accepted"]), by=[holder], needs=needs)

    def _station(self, place: int, key: str) -> None:
        holder = self._holder(place)
        clock = self._clock(f"c{place}")
        moves = self._forward(place, key, holder)
        for extra in (self._return, self._note, self._extension, self._refusal, self._rest, self._reissue):
            if self.rng.random() < 0.35:
                moves += extra(place, key, clock, holder)
        lapses = self._lapse(place, clock) if self.rng.random() < 0.4 else []
        self.states.append(
            spell("State", key=key, title=key, holder=holder, judged_by=clock, moves=moves, lapses=lapses)
        )

    def _forward(self, place: int, key: str, holder: str) -> list[Word]:
        to = self._onward(place, holder)
        style = self.rng.choice(["plain", "plain", "typed" if self.is_typed else "fact", "flag"])
        if style == "plain":
            return [spell("Move", key=f"go{place}", title="办理", to=to, asks=["reply"], opens=self._opening())]
        other = self._final("refused", "refused", basis="不符合条件")
        if style == "typed":
            first, rest = self._split()
            return [
                self._guarded(f"go{place}", to, "kind", first),
                self._guarded(f"off{place}", other, "kind", rest),
            ]
        if style == "flag":
            return [
                self._guarded(f"go{place}", to, "urgent", [True], asks=["urgent", "reply"]),
                self._guarded(f"off{place}", other, "urgent", [False], asks=["urgent", "reason"]),
            ]
        return [
            spell(
                "Move",
                key=f"check{place}",
                title="核实",
                to=key,
                when=[_is(f"checked{place}", False)],
                asks=["reason"],
                sets={f"checked{place}": True},
            ),
            spell("Move", key=f"go{place}", title="办理", to=to, when=[_is(f"checked{place}", True)], asks=["reply"]),
        ]

    def _guarded(
        self, key: str, to: str, of: str, values: list[str] | list[bool], asks: list[str] | None = None
    ) -> Word:
        return spell("Move", key=key, title=key, to=to, when=[_is(of, *values)], asks=asks or ["reply"])

    def _opening(self) -> list[Word]:
        if self.rng.random() < 0.75:
            return []
        carry = {"source": SENDER, "keeper": RECEIVER, "matter": "body"}
        when = [_is("kind", self.options[0])] if self.is_typed and self.rng.random() < 0.5 else []
        after = self.rng.choice(["", "house:look-back"])
        return [spell("Opens", mechanism="follow-up", entry="open", carry=carry, when=when, after=after)]

    def _return(self, place: int, key: str, clock: str, holder: str) -> list[Word]:
        if not place:
            return []
        beyond = "supervised" if self.supervises and self.rng.random() < 0.6 else ""
        return [
            spell(
                "Move",
                key=f"back{place}",
                title="退回",
                to=self.stations[place - 1],
                asks=["reason"],
                at_most=self.rng.choice([1, 2]),
                beyond=beyond,
            )
        ]

    def _note(self, place: int, key: str, clock: str, holder: str) -> list[Word]:
        if self.rng.random() < 0.5:
            return [spell("Move", key=f"note{place}", title="记事", to=key, asks=["reason"], at_most=1)]
        return [
            spell(
                "Move",
                key=f"note{place}",
                title="改期",
                to=key,
                asks=["reply_by"],
                renews="每次均有新情况",
                restarts=[clock],
            )
        ]

    def _extension(self, place: int, key: str, clock: str, holder: str) -> list[Word]:
        asker = self.rng.choice([role for role in (SENDER, RECEIVER) if role != holder])
        if self.rng.random() < 0.5:
            self.requests.append(
                spell(
                    "Request",
                    key=f"more{place}",
                    title="申请延期",
                    by=[asker],
                    states=[key],
                    asks=["reason"],
                    grants=f"extend{place}",
                    answer_by="house:answer-request",
                )
            )
        longer = spell("Extends", clock=clock, term="house:extension")
        return [spell("Move", key=f"extend{place}", title="延期", to=key, asks=["reason"], at_most=1, extends=[longer])]

    def _refusal(self, place: int, key: str, clock: str, holder: str) -> list[Word]:
        window = self.rng.choice([{}, {}, {"until": clock}, {"not_before": clock}])
        return [
            spell(
                "Move",
                key=f"refuse{place}",
                title="拒绝",
                to=self._final("refused", "refused", basis="不符合条件"),
                asks=["reason"],
                **window,
            )
        ]

    def _reissue(self, place: int, key: str, clock: str, holder: str) -> list[Word]:
        return [
            spell("Move", key=f"settle{place}", title="和解", to=self._final("settled", "settled", basis="双方和解"))
        ]

    def _rest(self, place: int, key: str, clock: str, holder: str) -> list[Word]:
        rest = f"rest{place}"
        found = next(word for word in self.clocks if word["key"] == clock)
        found["stops"] = [rest]
        review = (
            {"judged_by": self._clock(f"r{place}", term="house:rest")}
            if self.rng.random() < 0.6
            else {"review": "house:review"}
        )
        resume = spell("Move", key=f"resume{place}", title="恢复", to=key, asks=["reason"])
        self.states.append(spell("State", key=rest, title="中止", holder=SENDER, moves=[resume], **review))
        return [spell("Move", key=f"pause{place}", title="中止", to=rest, asks=["reason"], at_most=1)]

    def _lapse(self, place: int, clock: str) -> list[Word]:
        if self.supervises and self.rng.random() < 0.5:
            return [spell("Lapse", clock=clock, to="supervised")]
        lapsed = self._final("lapsed", "lapsed", basis="逾期视为放弃", set_aside="不可抗力的证明")
        return [spell("Lapse", clock=clock, to=lapsed)]

    def _supervision(self) -> None:
        moves = [
            spell(
                "Move", key="order", title="督办办结", to=self._final("closed", "decided", by=[OFFICE]), asks=["reply"]
            ),
            spell(
                "Move",
                key="abandon",
                title="终止",
                to=self._final("refused", "refused", basis="不符合条件"),
                asks=["reason"],
            ),
        ]
        clock = self._clock("supervise", term="house:supervise")
        self.states.append(spell("State", key="supervised", title="督办", holder=OFFICE, judged_by=clock, moves=moves))

    def _withdrawal(self) -> None:
        held = [state["key"] for state in self.states if state["key"] in self.stations and state["holder"] != SENDER]
        states = self.rng.sample(held, k=self.rng.randint(0, len(held)))
        if not states:
            return
        self.requests.append(
            spell(
                "Request",
                key="withdraw",
                title="撤回",
                by=[SENDER],
                states=states,
                asks=["reason"],
                demand=self._final("withdrawn", "withdrawn"),
            )
        )

    def _relayed(self) -> Word:
        carried = ["body", "reply_by", "items"] + (["to_organ"] if self.has_receiver else [])
        carried += (["kind"] if self.is_typed else []) + (["members"] if self.awaiting else [])
        clock = self._clock("owed", term="house:owed")
        move = spell(
            "Move", key="take_up", title="承接", to=self.stations[0], asks=["body"], numbers="letter", drafts="letter"
        )
        self.states.append(spell("State", key="owed", title="应办未办", holder=SENDER, judged_by=clock, moves=[move]))
        return spell("Entry", state="owed", by=SENDER, opened=True, carried=[SENDER, *carried])

    def _await(self, place: int, key: str) -> None:
        holder = self.rng.choice([SENDER, OFFICE])
        onward, other = self._onward(place, holder), self._final("refused", "refused", basis="不符合条件")
        ballot = self.rng.choice(
            [
                [_tally("all", ["agreed"], onward), _tally("any", ["declined", "silent"], other)],
                [_tally("any", ["declined"], other, early=True), _tally("otherwise", [], onward)],
                [_tally("count", ["agreed"], onward, n=1), _tally("otherwise", [], other)],
            ]
        )
        clock = self._clock(f"c{place}", term="house:collect")
        moves = [spell("Move", key=f"cut{place}", title="不再等待", to=onward, asks=["reason"])]
        if self.rng.random() < 0.4:
            moves += self._return(place, key, clock, holder)
        self.states.append(
            spell(
                "Await",
                key=key,
                title=key,
                holder=holder,
                judged_by=clock,
                child=opinion(self.rng),
                per="members",
                each="member",
                carry={"body": "body"},
                ballot=ballot,
                text=self.rng.choice(["", "body"]),
                in_turn=self.rng.random() < 0.2,
                moves=moves,
                lapses=self._lapse(place, clock) if self.rng.random() < 0.3 else [],
            )
        )


def _is(of: str, *values: str | bool) -> Word:
    return spell("Is", of=of, values=list(values))


def _tally(how: str, endings: list[str], to: str, **members: object) -> Word:
    return spell("Tally", how=how, endings=endings, to=to, **members)

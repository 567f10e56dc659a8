"""Arrivals: what must be true when a matter comes into a state, and when an act has its consequences."""

from tests.oracles.board import ISSUED, PERHAPS_ISSUED, Board, Situation
from tests.oracles.county import County
from tests.oracles.handover import Handover
from tests.oracles.rulebook import Rulebook, Word

ACTIVE_KINDS = ("accepted", "decided")
WORDS = ("Text", "Choice", "File", "Rows")


class Arrivals:
    """Bring a matter into a state and look whether somebody holds it, under a clock, with all that is read there."""

    def __init__(self, board: Board, county: County) -> None:
        self.board, self.book, self.county = board, board.book, county
        self.handover = Handover(board)

    def arrive(self, after: Situation, to: str, act: Word | None = None) -> Situation | None:
        """Return the situation in `to`; None when the matter would be lost on the way."""
        came, state = after.state, self.book.states.get(to)
        if state is None:
            self.board.note("nowhere", f"{came} → {to}", after)
            return None
        past = {clock for clock in after.past if {came, to} <= self.book.life[clock]}
        past -= self._anew(act or {}) if past else set()
        there = after._replace(state=to, past=frozenset(past))
        if state["word"] == "Final":
            return self.board.forget(there)
        if state.get("inner") and came and not self.book.states[came].get("inner"):
            self.board.note("inner", f"{came} → {to}", after, grave=False)
        if not self._is_held(state, there):
            return None
        self._are_apart(there)
        if state["word"] == "Await" or state["holder"] != there.opener:
            there = there._replace(out=ISSUED)
        restarted = (act or {}).get("restarts", [])
        for clock, life in self.book.life.items():
            if to in life and (came not in life or clock in restarted):
                self._start(clock, there)
        self._is_clocked(state, there)
        if state["word"] == "Await" and came != to:
            self._asks_somebody(state, there)
            there = there._replace(done=there.done | self._opened(state))
        return self.board.forget(there)

    def _anew(self, act: Word) -> set[str]:
        """Return the clocks whose last day the act may set anew; time may pass again at once."""
        said = {*act.get("asks", []), *act.get("may_ask", [])}
        lengthened = (extends["clock"] for extends in act.get("extends", []))
        return {*act.get("restarts", []), *lengthened, *(key for key, days in self.book.days if days & said)}

    def _are_apart(self, there: Situation) -> None:
        for one, other in self.book.clashing:
            if self.board.is_bound(one, there) and self.board.is_bound(other, there):
                self.board.note("clash", f"{one} and {other}", there)

    def _opened(self, state: Word) -> frozenset[str]:
        child = state["child"]
        key = child if isinstance(child, str) else child["key"]
        return self.book.needs & {f"opened:{key}"}

    def _is_held(self, state: Word, there: Situation) -> bool:
        holder = state["holder"]
        role = self.book.roles.get(holder)
        if role is None or role.get("many") or not self.board.is_bound(holder, there):
            self.board.note("holderless", state["key"], there)
            return False
        field = self.book.fields.get(role.get("via", "").removeprefix("field:"))
        if field and field["word"] == "Organs":
            self.board.note("holderless", f"{state['key']}: several organs", there)
        return True

    def _is_clocked(self, state: Word, there: Situation) -> None:
        judged = state.get("judged_by", "")
        if judged:
            if judged not in self.book.clocks or not self.book.runs(judged, state["key"]):
                self.board.note("unclocked", state["key"], there)
            return
        if state["word"] == "Await" or not (state.get("review") or state.get("unclocked")):
            self.board.note("unclocked", state["key"], there)
        elif not state.get("review"):
            self._is_draft(state, there)

    def _is_draft(self, state: Word, there: Situation) -> None:
        entry = next((entry for entry in self.book.entries if entry["state"] == state["key"]), None)
        if entry is None or entry.get("opened") or state["holder"] != there.opener or there.out == ISSUED:
            self.board.note("unclocked", f"{state['key']} is no draft of its holder", there)
        elif there.out == PERHAPS_ISSUED or entry["by"] != there.opener:
            self.board.note("unclocked", f"{state['key']} is perhaps no draft", there, grave=False)

    def _start(self, clock: str, there: Situation) -> None:
        word = self.book.clocks[clock]
        for slot in ("until", "since", "before"):
            field = word.get(slot, "")
            if field and field not in self.book.fields:
                self.board.note("unknown", f"clock {clock}: {field}", there)
            elif field and not self.board.is_legible(field, there):
                self.board.note("vague", f"clock {clock}: {field}", there)
        cases = word.get("cases", [])
        if not any([word.get("term"), cases, word.get("until"), word.get("before")]):
            self.board.note("terms", f"clock {clock} has no length", there)
        if word.get("term") and cases:
            self.board.note("terms", f"clock {clock} has two lengths", there, grave=False)
        if cases:
            applying = [term for term in cases if self.board.holds(term.get("when", []), there, f"clock {clock}")]
            if len(applying) != 1:
                self.board.note("terms", f"clock {clock}: {len(applying)} terms apply", there)

    def _asks_somebody(self, state: Word, there: Situation) -> None:
        """Look whether the Await has somebody to wait for, a text to vote on, and gives each child what it needs."""
        root, _, column = state["per"].partition(".")
        field = self.book.fields.get(root)
        if field is None or not self.board.is_legible(root, there):
            self.board.note("waits-for-nobody", state["key"], there)
        elif column and column not in self._readable_columns(field):
            self.board.note("waits-for-nobody", f"{state['key']}: column {column}", there)
        elif not column and field["word"] != "Organs":
            self.board.note("waits-for-nobody", f"{state['key']}: {root} names no organs", there)
        elif field.get("at_least", 0 if column else 1) < 1:
            self.board.note("waits-for-nobody", f"{state['key']}: {root} may be empty", there)
        if state.get("text") and state["text"] not in there.given:
            self.board.note("vague", f"{state['key']}: text {state['text']}", there)
        child = self.county.rulebook(state["child"])
        entry = child.entry(state.get("entry", "")) if child else None
        if child is None or entry is None or not entry.get("opened"):
            self.board.note("child", f"{state['key']}: no such opened entry", there)
            return
        carry = state.get("carry", {})
        own = {role for role in child.roles if role in self.book.roles and self.board.is_bound(role, there)}
        self.handover.hands_over(
            child, entry, carry, there, where=state["key"], by_itself=own | {state["each"]}, rows=root
        )
        if state["each"] not in child.roles:
            self.board.note("unknown", f"{state['key']}: each {state['each']}", there)
        recalls = [final for final in child.states.values() if final.get("kind") == "superseded"]
        if state.get("leftover", "recall") == "recall" and len(recalls) != 1:
            self.board.note("recall", f"{state['key']}: {len(recalls)} endings for those recalled", there, grave=False)

    def _readable_columns(self, rows: Word) -> set[str]:
        """Return the columns that are filled in with their rows and are no secret."""
        columns = (column for column in rows.get("columns", []) if not column.get("secret"))
        return {column["key"] for column in columns} - set(rows.get("later", []))

    def consequences(self, act: Word, before: Situation, after: Situation, where: str) -> Situation:
        """Look at what the act brings about beside its state, and remember what it opened."""
        holder = self.book.states[before.state]["holder"]
        for draw in act.get("draws", []):
            if draw["keeper"] != holder:
                self.board.note("keeper", f"{where}: {draw['of']}", before)
            if draw["by"] not in after.given:
                self.board.note("vague", f"{where}: draws by {draw['by']}", before, grave=False)
            elif not self.board.is_legible(draw["by"], after) and draw["act"] != "claim":
                self.board.note("secret", f"{where}: draws by {draw['by']}", before, grave=False)
        for name in act.get("copies", []):
            if not self.handover.names_organs(name, after):
                self.board.note("copies", f"{where}: {name}", before, grave=not self._may_be_nobody(name, act))
        self._enters(act, before, after, where)
        if act.get("numbers") and "number" in before.done:
            self.board.note("number", f"{where}: taken twice", before, grave=False)
        self._lengthens(act, before, after, where)
        for opening in act.get("opens", []):
            worlds = self.board.worlds(opening.get("when", []), after)
            opened = [self._is_opened(opening, world, where) for world in worlds]
            rows = self.book.fields.get(opening.get("each", ""))
            if any(opened) and self.book.is_needed(opening) and (rows is None or rows.get("at_least")):
                after = after._replace(done=after.done | {f"opened:{opening['mechanism']}"})
        return after

    def _enters(self, act: Word, before: Situation, after: Situation, where: str) -> None:
        for row in act.get("enters", []):
            for field in [*row.get("fields", []), *filter(None, [row.get("falls_due")])]:
                if field not in after.given and field not in self.book.roles:
                    self.board.note("vague", f"{where}: enters {field}", before, grave=False)

    def _may_be_nobody(self, name: str, act: Word) -> bool:
        field = self.book.fields.get(name, {}).get("word") == "Organs"
        return field or bool(self.book.roles.get(name, {}).get("many")) or name in act.get("may_ask", [])

    def _lengthens(self, act: Word, before: Situation, after: Situation, where: str) -> None:
        for extends in act.get("extends", []):
            if extends["clock"] not in self.book.clocks:
                self.board.note("unknown", f"{where}: clock {extends['clock']}", before)
            elif not {before.state, act["to"]} <= self.book.life[extends["clock"]]:
                self.board.note("window", f"{where}: {extends['clock']} does not live here", before, grave=False)
            if extends.get("until") and not self.board.is_legible(extends["until"], after):
                self.board.note("vague", f"{where}: extends until {extends['until']}", before)
            if extends.get("until") and extends["until"] not in act.get("asks", []):
                self.board.note("stale", f"{where}: extends until {extends['until']}", before, grave=False)
            self._has_cause(act, before, where)
        for clock in act.get("restarts", []):
            if clock not in self.book.clocks:
                self.board.note("unknown", f"{where}: clock {clock}", before)
            elif not {before.state, act["to"]} <= self.book.life[clock]:
                self.board.note("window", f"{where}: {clock} does not live here", before, grave=False)

    def _has_cause(self, act: Word, before: Situation, where: str) -> None:
        if not act.get("asks"):
            self.board.note("cause", where, before)
        elif not any(self._is_wordy(key) for key in act["asks"]):
            self.board.note("cause", where, before, grave=False)

    def _is_wordy(self, key: str) -> bool:
        return self.book.fields.get(key.partition(".")[0], {}).get("word") in WORDS

    def _is_opened(self, opening: Word, after: Situation, where: str) -> bool:
        if not self.board.holds(opening.get("when", []), after, f"{where} opens {opening['mechanism']}"):
            return False
        target = self.county.rulebook(opening["mechanism"])
        entry = target.entry(opening["entry"]) if target else None
        if target is None or entry is None or not entry.get("opened") or not self._clocked_there(target, entry):
            self.board.note("opening", f"{where}: {opening['mechanism']} at {opening['entry']}", after)
            return True
        self.handover.hands_over(
            target, entry, opening.get("carry", {}), after, where=where, rows=opening.get("each", "")
        )
        if opening.get("each") and opening["each"] not in after.given:
            self.board.note("vague", f"{where}: one for each of {opening['each']}", after, grave=False)
        return True

    def _clocked_there(self, target: Rulebook, entry: Word) -> bool:
        state = target.states.get(entry["state"], {})
        return state.get("judged_by", "") in target.clocks

    def rests(self, act: Word, before: Situation, to: str, where: str) -> None:
        """Look whether a clock that is stopped by this act has a cause."""
        for clock in self.book.clocks.values():
            stops = clock.get("stops", [])
            if to not in stops or before.state in stops:
                continue
            if before.state in self.book.life[clock["key"]]:
                self._has_cause(act, before, f"{where} stops {clock['key']}")
            elif not act.get("asks"):
                self.board.note("cause", f"{where} begins with {clock['key']} at rest", before, grave=False)

    def closes(self, act: Word, before: Situation, there: Situation, *, how: str, by: list[str]) -> None:
        """Look whether the ending may be reached like this: by whom, on what evidence, with everything needed."""
        final = self.book.states[there.state]
        where = f"{before.state}.{act.get('key') or act['word']} → {final['key']}"
        for need in final.get("needs", []):
            if need not in there.done and need.removeprefix("field:") not in there.given:
                self.board.note("unmet", f"{where}: {need}", before)
        if how == "lapse" and not final.get("set_aside"):
            self.board.note("set-aside", where, before)
        if final["kind"] in ACTIVE_KINDS:
            if how in ("lapse", "hears") or not set(by) & set(final.get("by", [])):
                self.board.note("closer", where, before)
            if how == "own":
                self._has_evidence(act, before, where)
        elif how != "hears" and not final.get("basis"):
            self._has_reason(act, before, where, how=how)

    def _has_evidence(self, act: Word, before: Situation, where: str) -> None:
        if not act.get("asks"):
            papers = any(act.get(word) for word in ("drafts", "numbers", "signed"))
            self.board.note("evidence", where, before, grave=not papers)
        elif not any(self._is_wordy(key) for key in act["asks"]):
            self.board.note("evidence", where, before, grave=False)

    def _has_reason(self, act: Word, before: Situation, where: str, *, how: str) -> None:
        if how in ("lapse", "join"):
            self.board.note("reason", where, before, grave=False)
        elif not act.get("asks"):
            self.board.note("reason", where, before)
        elif not any(self._is_wordy(key) for key in act["asks"]):
            self.board.note("reason", where, before, grave=False)

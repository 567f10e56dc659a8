"""Words that are merely wrong: nobody may ever come to read them, and no matter is stranded by them."""

from collections.abc import Iterator

from tests.oracles.rulebook import Rulebook

Wrong = tuple[str, str]


def misspelled(book: Rulebook) -> Iterator[Wrong]:
    """Yield each wrong word with the rule that it breaks; a proof may refuse them or let them pass."""
    for look in (_keys, _fields, _roles, _clocks, _entries, _ballots, _requests, _heeds):
        yield from look(book)


def _keys(book: Rulebook) -> Iterator[Wrong]:
    for word in ("states", "roles", "fields", "clocks", "requests"):
        keys = [named["key"] for named in book.data.get(word, [])]
        if len(set(keys)) < len(keys):
            yield "unknown", f"two {word} of one name"
    for state in book.stations():
        moves = [move["key"] for move in state.get("moves", [])]
        if len(set(moves)) < len(moves):
            yield "unknown", f"{state['key']}: two moves of one name"


def _fields(book: Rulebook) -> Iterator[Wrong]:
    for key, field in book.fields.items():
        options = field.get("options", [])
        if field["word"] == "Choice" and (not options or len(set(options)) < len(options)):
            yield "unknown", f"field {key} offers nothing, or one thing twice"


def _roles(book: Rulebook) -> Iterator[Wrong]:
    for one, other in book.apart():
        way = book.roles[one].get("via", "")
        if way and way == book.roles[other].get("via", "") and (one, other) not in book.clashing:
            yield "clash", f"{one} and {other}, though not both take part"
    for key, role in book.roles.items():
        field = book.fields.get(role.get("via", "").removeprefix("field:"))
        if field and field["word"] != ("Organs" if role.get("many") else "Organ"):
            yield "unknown", f"role {key} by a {field['word']}"


def _clocks(book: Rulebook) -> Iterator[Wrong]:
    for key, clock in book.clocks.items():
        if not any(book.runs(key, state) for state in book.life[key]):
            yield "unknown", f"clock {key} never runs"
        judged = {state["key"] for state in book.stations() if state.get("judged_by") == key}
        if set(clock.get("stops", [])) & (judged | set(clock.get("keeps", []))):
            yield "unknown", f"clock {key} runs and rests at once"
        if clock.get("before") and (clock.get("until") or clock.get("since")):
            yield "unknown", f"clock {key} counts back and forth"
        for member in ("until", "since", "before"):
            field = book.fields.get(clock.get(member, ""))
            if field and field["word"] != "Date":
                yield "unknown", f"clock {key}: {member} is no date"


def _entries(book: Rulebook) -> Iterator[Wrong]:
    for entry in book.entries:
        if book.roles.get(entry["by"], {}).get("many"):
            yield "unknown", f"entry {entry['state']} by several"
        draft = book.states.get(entry["state"], {})
        if draft.get("inner") and draft["holder"] != entry["by"]:
            yield "inner", f"{entry['state']} is not held by its opener"


def _ballots(book: Rulebook) -> Iterator[Wrong]:
    for state in book.stations():
        for tally in state.get("ballot", []):
            if (tally["how"] == "count") != bool(tally.get("n")):
                yield "unknown", f"{state['key']}: {tally['how']} with {tally.get('n', 0)}"


def _requests(book: Rulebook) -> Iterator[Wrong]:
    for request in book.requests:
        if request.get("rows") and book.fields.get(request["rows"], {}).get("word") != "Rows":
            yield "unknown", f"request {request['key']} adds to {request['rows']}"
        for state in request["states"]:
            if book.states.get(state, {"word": "Final"})["word"] == "Final":
                yield "unknown", f"request {request['key']} in {state}"
            elif book.states[state].get("inner"):
                yield "inner", f"request {request['key']} in {state}, which nobody else sees"


def _heeds(book: Rulebook) -> Iterator[Wrong]:
    for heed in book.heeds:
        name = f"{heed['register']}.{heed['event']}"
        found = book.fields.get(heed["by"], {})
        if found.get("check") != "case-number" or found.get("secret"):
            yield "unknown", f"{name} by {heed['by']}"
        if book.fields.get(heed.get("before", ""), {"word": "Date"})["word"] != "Date":
            yield "unknown", f"{name} before what is no day"
        if bool(heed.get("to")) != bool(heed.get("states")) or (heed.get("before") and not heed.get("to")):
            yield "unknown", f"{name} leads from nowhere or to nowhere"
        for state in heed.get("states", []):
            if book.states.get(state, {"word": "Final"})["word"] == "Final":
                yield "unknown", f"{name} in {state}"
        others = [set(one.get("states", [])) for one in book.heeds if one is not heed and _same(one, heed)]
        if any(states & set(heed.get("states", [])) or states == set(heed.get("states", [])) for states in others):
            yield "unknown", f"{name} twice"


def _same(one: dict[str, object], other: dict[str, object]) -> bool:
    return all(one[key] == other[key] for key in ("register", "event", "by"))

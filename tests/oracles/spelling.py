"""Spelling: words as plain data, with defaults left out, as the canonical form wants it."""

from typing import Any

from tests.oracles.rulebook import Word

REQUIRED = {
    "Is": {"of", "values"},
    "Endings": {"finals"},
    "Choice": {"options"},
    "Rows": {"columns"},
    "Term": {"key"},
    "Enters": {"register", "fields"},
    "Draws": {"act", "of", "by", "keeper"},
    "Opens": {"mechanism", "entry"},
    "Extends": {"clock"},
    "Move": {"key", "title", "to"},
    "Lapse": {"clock", "to"},
    "Request": {"key", "title", "by", "states"},
    "Tally": {"how", "to"},
    "State": {"key", "title", "holder"},
    "Await": {"key", "title", "holder", "judged_by", "child", "per", "each", "ballot"},
    "Final": {"key", "title", "kind"},
    "Entry": {"state", "by"},
    "Role": {"key", "title"},
    "Clock": {"key", "title"},
    "Mechanism": {"key", "title"},
    "Do": {"move"},
    "Passes": {"clock"},
    "Asks": {"request"},
    "Hears": {"register", "event"},
    "Heeds": {"register", "event", "by"},
    "Declines": {"request"},
    "Example": {"title", "steps", "ends"},
    "Truth": {"move", "values", "opens"},
}
FIELDS = ("Text", "Choice", "Flag", "Number", "Date", "Time", "Organ", "Organs", "File", "Rows")
SPECIAL = {
    ("Await", "leftover"): "recall",
    ("Organs", "at_least"): 1,
    ("Text", "at_most"): 4_000,
    ("Mechanism", "version"): 1,
    ("Lapse", "title"): "逾期",
}
FREE = ("carry", "sets", "values", "carried", "supersedes")  # objects whose keys are not members of a word


def spell(word: str, **members: Any) -> Word:
    """Return the word as data; a member that has its default is left out."""
    return tidy({"word": word, **members})


def tidy(word: Word) -> Word:
    """Leave out what has its default, here and in every word below; the word itself is changed and returned."""
    kind = word["word"]
    required = REQUIRED.get(kind, set()) | ({"key", "title"} if kind in FIELDS else set())
    for name, value in list(word.items()):
        default = SPECIAL.get((kind, name))
        is_default = value == default if default is not None else value in ("", [], {}, None) or value is False
        if (kind, name) not in SPECIAL and value == 0 and not isinstance(value, str | list | dict):
            is_default = True
        if name not in required | {"word"} and is_default:
            del word[name]
        elif name not in FREE:
            _tidy_below(value)
    return word


def _tidy_below(value: Any) -> None:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict) and "word" in part:
            tidy(part)

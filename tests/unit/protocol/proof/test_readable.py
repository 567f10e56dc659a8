"""Readable: nothing on which a decision rests is kept apart from the record."""

from dataclasses import replace

import pytest
from tests.unit.protocol.proof.letters import LETTER, ROUND, on, on_move, rules_broken

from fuyuantong.protocol import Choice, Draws, Extends, Figures, Is, Mechanism, Number, Organ, Recurs, Text


def secret(mechanism: Mechanism, field: str) -> Mechanism:
    """Return the mechanism with that field kept apart."""
    return on(mechanism, "fields", field, secret=True)


POINTS = (Text("point", "要点"), Organ("unit", "单位", secret=True))

RECURS = Recurs("letter", organ="addressee", words=("reply",), within="house:sign")

FIGURES = Figures("points", name="rate", above="amount", below="amount", period="reason", by="agency")
COUNTED = (
    *POINTS[:1],
    Organ("unit", "单位"),
    Choice("rate", "率", ("甲",)),
    Number("amount", "数"),
    Text("result", "结果"),
)

BREACHES = {
    "a figure": replace(on(secret(LETTER, "reason"), "fields", "points", columns=COUNTED), figures=FIGURES),
    "a comparison": replace(secret(LETTER, "reply"), recurs=RECURS),
    "a guard": secret(on_move(LETTER, "answering", "reply", asks=("reply", "kind"), when=(Is("kind", "甲"),)), "kind"),
    "a clock": secret(
        on(
            on_move(LETTER, "drafting", "send", asks=("addressee", "day")),
            "clocks",
            "answer",
            term="",
            until="day",
        ),
        "day",
    ),
    "a role": secret(LETTER, "addressee"),
    "an await": secret(ROUND, "others"),
    "an await of rows": on(
        on(
            on_move(ROUND, "drafting", "send", asks=("points",)),
            "fields",
            "points",
            columns=POINTS,
            later=(),
        ),
        "states",
        "collecting",
        per="points.unit",
    ),
    "a copy": secret(on_move(LETTER, "answering", "reply", asks=("reply", "others"), copies=("others",)), "others"),
    "an extension": secret(
        on_move(LETTER, "answering", "reply", asks=("reply", "day"), extends=(Extends("answer", until="day"),)), "day"
    ),
    "an amount": secret(
        on_move(
            LETTER,
            "answering",
            "reply",
            asks=("reply", "amount"),
            draws=(Draws("reserve", "fund", "amount", keeper="agency"),),
        ),
        "amount",
    ),
}


@pytest.mark.parametrize("declaration", BREACHES.values(), ids=BREACHES)
def test_a_secret_decides_nothing(declaration: Mechanism) -> None:
    assert "secret-read" in rules_broken(declaration)


def test_a_table_that_is_secret_hides_its_columns() -> None:
    waiting = on(on_move(ROUND, "drafting", "send", asks=("points",)), "states", "collecting", per="points.unit")

    assert "secret-read" in rules_broken(secret(waiting, "points"))
    assert "secret-read" not in rules_broken(waiting)

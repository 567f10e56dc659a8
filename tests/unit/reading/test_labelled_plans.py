"""Eighteen labelled plans of invented places: odd ones served to write the grammar, even ones were read blind first."""

from collections.abc import Callable

import pytest
from tests.unit.reading.scoring import Score, labels_of, names, reading_of, score

from fuyuantong.reading.values import SentenceKind

NUMBERING = "第章条一二三四五六七八九十"


def scored(chosen: Callable[[int], bool]) -> Score:
    total = Score()
    for name in names():
        if chosen(int(name[:2])):
            score(reading_of(name), labels_of(name), total, name=name)
    return total


@pytest.mark.parametrize("remainder", [1, 0], ids=["learned from", "measured on"])
def test_plans_of_many_layouts_are_read(remainder: int) -> None:
    total = scored(lambda number: number % 2 == remainder)

    print(total.told(), *total.faults, sep="\n")
    for construct in ("obligation", "units", "lead", "due date", "due period", "targets", "title"):
        assert total.tallies[construct].f1 >= 0.85, construct


@pytest.mark.parametrize("name", names())
def test_what_only_looks_like_a_duty_is_none(name: str) -> None:
    reading = reading_of(name)

    owed = [reading.text[found.span.start :] for found in reading.obligations]

    assert [start for start in labels_of(name).negative if any(text.startswith(start) for text in owed)] == []


@pytest.mark.parametrize("name", names())
def test_every_sentence_is_classified(name: str) -> None:
    reading = reading_of(name)
    told = [sentence.span for sentence in reading.sentences]

    left = list(reading.text)
    for span in told:
        left[span.start : span.end] = " " * (span.end - span.start)

    assert [sign for sign in "".join(left) if "\u4e00" <= sign <= "\u9fff" and sign not in NUMBERING] == []
    assert {sentence.kind for sentence in reading.sentences} <= set(SentenceKind)

"""Whether two matters raise the same problem: equal kinds, and words that are alike."""

import pytest

from fuyuantong.protocol import Recurs
from fuyuantong.protocol.recurrence import Likeness, alike, likeness, organs_said

LETTER = Recurs("suggestion", organ="receivers", same=("kind",), words=("title", "problems.problem"), within="house:x")
SPOKEN = Recurs("suggestion", organ="receiver", words=("words",), within="house:x")
NOTICE, AGAIN = "处罚前未告知听证权利", "处罚前没有告知听证权利。"


def letter(problem: str, kind: str | None = "综合治理", title: str = "规范处罚") -> dict[str, object]:
    said: dict[str, object] = {"title": title, "problems": [{"problem": problem, "suggestion": "修订"}, "坏行"]}
    return said | ({"kind": kind} if kind else {})


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [
        (NOTICE, NOTICE, 100),
        (NOTICE, AGAIN, 58),
        (NOTICE, "排污口长期无人监管", 0),
        ("２０２６年 Ａ区", "2026年a区", 100),
        ("听证", "听证", 100),
        ("", NOTICE, 0),
        ("……", "——", 0),
    ],
)
def test_texts_are_as_alike_as_their_runs_of_three_characters(one: str, other: str, percent: int) -> None:
    assert alike(one, other) == percent


def test_the_two_texts_that_are_nearest_say_why() -> None:
    found = likeness((LETTER, letter(NOTICE)), (LETTER, letter(AGAIN, title="别的事")), one_mechanism=True)

    assert found == Likeness(("综合治理",), NOTICE, AGAIN, 58)


def test_another_kind_is_another_problem() -> None:
    pair = (LETTER, letter(NOTICE)), (LETTER, letter(NOTICE, kind="其他个案类案"))

    assert likeness(*pair, one_mechanism=True) is None


def test_a_kind_that_is_not_given_yet_tells_nothing() -> None:
    found = likeness((LETTER, letter(NOTICE, kind=None)), (LETTER, letter(NOTICE)), one_mechanism=True)

    assert found
    assert (found.same, found.percent) == ((), 100)


def test_across_mechanisms_words_alone_are_compared() -> None:
    found = likeness((SPOKEN, {"words": NOTICE}), (LETTER, letter(NOTICE)), one_mechanism=False)

    assert found == Likeness((), NOTICE, NOTICE, 100)


def test_numbers_of_cases_are_not_compared() -> None:
    one, other = ({"words": f"（2026）豫0825行初{n}号"} for n in (30, 31))

    assert likeness((SPOKEN, one), (SPOKEN, other), one_mechanism=True) is None


def test_without_words_nothing_is_compared() -> None:
    assert likeness((SPOKEN, {}), (LETTER, letter(NOTICE)), one_mechanism=False) is None


@pytest.mark.parametrize(("said", "organs"), [("a", {"a"}), (["a", "b"], {"a", "b"}), (None, set()), ([], set())])
def test_one_organ_or_several_are_said(said: object, organs: set[str]) -> None:
    assert organs_said(SPOKEN, {"receiver": said}) == organs

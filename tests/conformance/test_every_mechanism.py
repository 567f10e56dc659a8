"""What holds for every mechanism; a new file in the folder is a new case here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fuyuantong.protocol import Await, Mechanism, library
from fuyuantong.protocol.diagram import diagram
from fuyuantong.protocol.form import from_data, to_data
from fuyuantong.protocol.rules.circles import family
from fuyuantong.seal.canonical import canonical, parse

LIBRARY = library.read()
KEYS = sorted(LIBRARY.mechanisms)
SOURCE = Path(library.__file__).parents[1]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLAIN_LATIN = re.compile(r"[A-Za-z]{2,}")
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
INNER_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
DOCSTRING = re.compile(r'"""[\u4e00-\u9fff]+: [^.]+\."""\n')
ROW = re.compile(r"[A-Z]{2,3}-\d{2}")

every_mechanism = pytest.mark.parametrize("key", KEYS)


def titles(mechanism: Mechanism) -> Iterator[str]:
    """Yield every title that people read."""
    for part in family(mechanism):
        yield part.title
        for word in (*part.roles, *part.fields, *part.clocks, *part.states, *part.requests, *part.examples):
            yield word.title
        for state in part.states:
            for word in (*getattr(state, "moves", ()), *getattr(state, "lapses", ())):
                yield word.title


@every_mechanism
def test_it_is_proved(key: str) -> None:
    assert LIBRARY.prove([key])[key].faults == ()


@every_mechanism
def test_its_digest_is_written_down_as_proved(key: str) -> None:
    assert LIBRARY.proved.get((key, LIBRARY.mechanisms[key].version)) == LIBRARY.digests[key], "fyt prove --write"


@every_mechanism
def test_it_comes_back_from_its_canonical_form(key: str) -> None:
    mechanism = LIBRARY.mechanisms[key]

    assert from_data(parse(canonical(to_data(mechanism)))) == mechanism


@every_mechanism
def test_it_stands_in_the_file_of_its_name(key: str) -> None:
    found = list((SOURCE / "mechanisms").rglob(f"{key.replace('-', '_')}.py"))

    assert len(found) == 1
    assert found[0].parent.parent == SOURCE / "mechanisms"


@every_mechanism
def test_its_file_says_what_it_is_in_one_sentence(key: str) -> None:
    (file,) = (SOURCE / "mechanisms").rglob(f"{key.replace('-', '_')}.py")

    assert DOCSTRING.match(file.read_text(encoding="utf-8"))


@every_mechanism
def test_it_has_a_basis_a_chapter_and_a_purpose(key: str) -> None:
    mechanism = LIBRARY.mechanisms[key]

    assert mechanism.basis
    assert mechanism.chapter
    assert mechanism.purpose


@every_mechanism
def test_it_implements_rows_of_the_matrix(key: str) -> None:
    rows = LIBRARY.mechanisms[key].implements

    assert rows
    assert [row for row in rows if not ROW.fullmatch(row)] == []


@every_mechanism
def test_its_titles_are_chinese(key: str) -> None:
    told = list(titles(LIBRARY.mechanisms[key]))

    assert [title for title in told if not CHINESE.search(title) or PLAIN_LATIN.search(title)] == []


@every_mechanism
def test_its_keys_are_english_words(key: str) -> None:
    mechanism = LIBRARY.mechanisms[key]
    parts = list(family(mechanism))
    inner = {word.key for p in parts for word in (*p.roles, *p.fields, *p.clocks, *p.states, *p.requests)}

    assert KEY.fullmatch(key)
    assert [name for name in inner if not INNER_KEY.fullmatch(name)] == []


@every_mechanism
def test_children_declared_inside_are_for_it_alone(key: str) -> None:
    for part in family(LIBRARY.mechanisms[key]):
        for state in part.states:
            if isinstance(state, Await) and isinstance(state.child, Mechanism):
                assert state.child.key not in LIBRARY.mechanisms
                assert not state.child.implements


@every_mechanism
def test_it_can_be_drawn(key: str) -> None:
    drawn = diagram(LIBRARY.mechanisms[key])

    assert drawn.count("\n") > len(LIBRARY.mechanisms[key].states)
    assert all(line.count(":") <= 1 for line in drawn.splitlines())


@every_mechanism
def test_nothing_outside_its_file_knows_its_key(key: str) -> None:
    word = re.compile(rf"""["']{re.escape(key)}(/[a-z-]+)?["']""")
    outside = [
        file.relative_to(SOURCE).as_posix()
        for file in sorted(SOURCE.rglob("*.py"))
        if "mechanisms" not in file.relative_to(SOURCE).parts and word.search(file.read_text(encoding="utf-8"))
    ]

    assert outside == []


def test_the_house_terms_that_lie_in_the_folder_are_all_used() -> None:
    used = "\n".join(file.read_text(encoding="utf-8") for file in (SOURCE / "mechanisms").rglob("*.py"))

    assert [key for key in LIBRARY.house_terms if f'"{key}"' not in used] == []


def test_the_serials_that_lie_in_the_folder_are_all_used() -> None:
    used = "\n".join(file.read_text(encoding="utf-8") for file in (SOURCE / "mechanisms").rglob("*.py"))

    assert [key for key in LIBRARY.serials if f'numbers="{key}"' not in used] == []

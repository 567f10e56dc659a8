"""A library: a folder of declarations, the tables beside them, and what is proved when."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest
from tests.unit.protocol.proof.letters import LETTER, ROUND

from fuyuantong.clock.rule import Source
from fuyuantong.clock.terms import Term, Unit
from fuyuantong.protocol import library
from fuyuantong.protocol.library import DefinitionError, Library, Serial

HEAD = "from tests.unit.protocol.proof.letters import LETTER, ROUND, on, on_move\n"
FINE = {
    "letter.py": "MECHANISM = LETTER\n",
    "deep/round.py": 'MECHANISM = on(ROUND, "clocks", "collect", term="house:sign")\n',
    "house_terms.csv": "key,title,length,unit,basis\nsign,会签,3,working_days,某方案三\n",
    "serials.csv": "key,title,pattern,basis\nletter,函,{place}函〔{year}〕{n}号,某办法\n",
}
STRANDED = {"letter.py": 'MECHANISM = on(LETTER, "states", "answering", moves=())\n'}
NUMBERED = {"letter.py": 'MECHANISM = on_move(LETTER, "answering", "reply", numbers="secret")\n'}
DRAWING = {
    "letter.py": "from fuyuantong.protocol import Draws\n\n"
    'CLAIM = Draws("claim", "k", "reply", keeper="agency")\n'
    'MECHANISM = on_move(LETTER, "answering", "reply", draws=(CLAIM,))\n'
}
MISNAMED = {"letters.py": "MECHANISM = LETTER\n"}
TWICE = {"deep/letter.py": "MECHANISM = LETTER\n"}
OPENING = {
    "deep/round.py": 'MECHANISM = on(ROUND, "states", "collecting", child="sign")\n',
    "sign.py": "from tests.unit.protocol.proof.letters import SIGN\n\nMECHANISM = SIGN\n",
}

Shelve = Callable[..., Library]
SHELVES = count()


@pytest.fixture
def shelve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelve:
    """Return what writes a package of declarations and reads it back."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(*parts: Mapping[str, str]) -> Library:
        package = f"shelf{next(SHELVES)}"
        files = {"__init__.py": "", "deep/__init__.py": ""}
        for part in parts:
            files |= part
        for name, text in files.items():
            file = tmp_path / package / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{HEAD}{text}" if "MECHANISM" in text else text, encoding="utf-8")
        return library.read(package)

    return write


def rules(shelf: Library) -> dict[str, list[str]]:
    """Return the rules that each mechanism of a library breaks."""
    proofs = shelf.prove(sorted(shelf.mechanisms))
    return {key: [fault.rule for fault in proof.faults] for key, proof in proofs.items() if proof.faults}


def test_mechanisms_are_found_at_any_depth(shelve: Shelve) -> None:
    assert shelve(FINE).mechanisms == {"letter": LETTER, "round": ROUND}


def test_a_module_of_examples_beside_a_mechanism_declares_none(shelve: Shelve) -> None:
    shelf = shelve(FINE, {"letter_examples.py": "WALKS = ()\n"})

    assert rules(shelf) == {}
    assert set(shelf.mechanisms) == {"letter", "round"}


def test_a_module_of_examples_without_its_mechanism_does_not_load(shelve: Shelve) -> None:
    with pytest.raises(AttributeError, match="MECHANISM"):
        shelve(FINE, {"lost_examples.py": "WALKS = ()\n"})


def test_an_empty_folder_is_a_library(shelve: Shelve) -> None:
    empty = shelve()

    assert (empty.mechanisms, empty.house_terms, empty.serials, empty.proved) == ({}, {}, {}, {})


def test_a_house_term_is_read_with_its_basis(shelve: Shelve) -> None:
    rule = shelve(FINE).house_terms["house:sign"].as_rule()

    assert (rule.title, rule.source, rule.basis, rule.term) == (
        "会签",
        Source.HOUSE,
        "某方案三",
        Term(3, Unit.WORKING_DAYS),
    )


def test_a_serial_is_read_with_its_pattern(shelve: Shelve) -> None:
    assert shelve(FINE).serials == {"letter": Serial("letter", "函", "{place}函〔{year}〕{n}号", "某办法")}


def test_terms_are_those_of_law_and_of_the_house(shelve: Shelve) -> None:
    terms = shelve(FINE).terms

    assert {"JY-01", "house:sign"} <= terms
    assert "sign" not in terms


def test_a_library_that_is_sound_breaks_no_rule(shelve: Shelve) -> None:
    assert rules(shelve(FINE)) == {}


def test_a_term_that_the_house_does_not_know_is_told(shelve: Shelve) -> None:
    without = {"house_terms.csv": "key,title,length,unit,basis\n"}

    assert rules(shelve(FINE, without)) == {"round": ["unknown-period", "unknown-period"]}


def test_a_serial_that_there_is_not_is_told(shelve: Shelve) -> None:
    assert rules(shelve(FINE, NUMBERED)) == {"letter": ["unknown-serial"]}


def test_what_nothing_here_executes_is_told(shelve: Shelve) -> None:
    assert rules(shelve(FINE, DRAWING)) == {"letter": ["not-executed"]}


def test_a_file_is_named_by_its_key(shelve: Shelve) -> None:
    assert rules(shelve(MISNAMED)) == {"letter": ["file-name"]}


def test_a_key_stands_in_one_file(shelve: Shelve) -> None:
    assert rules(shelve(FINE, TWICE)) == {"letter": ["file-name"]}


def test_circles_are_told_with_the_proof(shelve: Shelve) -> None:
    awaiting_itself = {"deep/round.py": 'MECHANISM = on(ROUND, "states", "collecting", child="round")\n'}

    assert "await-cycle" in rules(shelve(FINE, awaiting_itself))["round"]


def test_everything_is_undigested_at_first(shelve: Shelve) -> None:
    assert shelve(FINE).undigested() == {"letter", "round"}


def test_what_was_written_down_as_proved_is_digested(shelve: Shelve) -> None:
    shelf = shelve(FINE)
    shelf.write_proved()

    assert library.read(shelf.folder.name).undigested() == frozenset()
    assert (shelf.folder / "proved.csv").read_text(encoding="utf-8").splitlines() == [
        "key,version,digest",
        f"letter,1,{shelf.digests['letter']}",
        f"round,1,{shelf.digests['round']}",
    ]


def test_a_change_undigests_what_leads_there(shelve: Shelve) -> None:
    shelf = shelve(FINE, OPENING)
    proved = f"key,version,digest\nletter,1,{shelf.digests['letter']}\nround,1,{shelf.digests['round']}\nsign,1,00\n"

    assert shelve(FINE, OPENING, {"proved.csv": proved}).undigested() == {"round", "sign"}


def test_what_is_proved_loads(shelve: Shelve) -> None:
    shelve(FINE).require_proved()


def test_what_is_digested_is_not_proved_again(shelve: Shelve) -> None:
    shelf = shelve(FINE, STRANDED)
    shelf.write_proved()

    library.read(shelf.folder.name).require_proved()


def test_a_mechanism_that_is_not_proved_does_not_load(shelve: Shelve) -> None:
    with pytest.raises(DefinitionError) as error:
        shelve(FINE, STRANDED).require_proved()

    assert [fault.rule for fault in error.value.faults["letter"]][:2] == ["unreachable-state", "stranded"]
    assert "letter [stranded] 待答复（answering）此时办理方没有可办的事项" in str(error.value)

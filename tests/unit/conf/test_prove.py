"""`fyt prove`: a line for each mechanism, every fault with its path, exit code 1 when one fails."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.unit.protocol.proof.letters import LETTER, on

from fuyuantong.conf.offline.management.commands.prove import Command
from fuyuantong.protocol import Mechanism, library
from fuyuantong.protocol.library import Library

STRANDED = on(LETTER, "states", "answering", moves=())


def prove(mechanism: Mechanism, *options: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """Run the command on a library of one mechanism; return what it says and its exit code."""
    shelf = Library(
        folder,
        {mechanism.key: mechanism},
        misplaced={},
        house_terms={},
        serials={},
        named_organs={},
        proved={},
        document_kinds={},
    )
    monkeypatch.setattr(library, "read", lambda: shelf)
    said, code = StringIO(), 0
    try:
        call_command(Command(), *options, stdout=said)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return said.getvalue(), code


def test_a_proved_mechanism_has_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said, code = prove(LETTER, folder=tmp_path, monkeypatch=monkeypatch)

    assert (said, code) == ("letter v1 去函：状态 3 配置 3 边 2 时钟 1 事项 2 摘要 db096dc2d887 通过\n", 0)


def test_a_fault_is_told_with_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said, code = prove(STRANDED, folder=tmp_path, monkeypatch=monkeypatch)

    lines = said.splitlines()
    at = lines.index("  [stranded] 待答复（answering）此时办理方没有可办的事项，也不会因逾期转出")
    assert code == 1
    assert lines[0].endswith("未通过，5 处")
    assert lines[at + 1 : at + 3] == ["      始于拟稿（drafting）", "      发出（send） → 待答复（answering）"]


def test_machines_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said, code = prove(STRANDED, "--json", folder=tmp_path, monkeypatch=monkeypatch)

    (line,) = json.loads(said)
    assert code == 1
    assert (line["key"], line["states"], line["moves"]) == ("letter", 3, 1)
    assert [fault["rule"] for fault in line["faults"]] == [
        "unreachable-state",
        "stranded",
        "example-does-not-replay",
        "unshown-move",
        "unshown-final",
    ]
    assert line["faults"][1]["path"] == ["始于拟稿（drafting）", "发出（send） → 待答复（answering）"]


def test_what_is_proved_may_be_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prove(LETTER, "--write", folder=tmp_path, monkeypatch=monkeypatch)

    assert (tmp_path / "proved.csv").read_text(encoding="utf-8").splitlines()[1].startswith("letter,1,db096dc2d887")


def test_what_is_not_proved_is_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prove(STRANDED, "--write", folder=tmp_path, monkeypatch=monkeypatch)

    assert not (tmp_path / "proved.csv").exists()

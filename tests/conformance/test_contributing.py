"""The ten lines of CONTRIBUTING.md are a mechanism that loads."""

import re
from pathlib import Path

from fuyuantong import catalogue
from fuyuantong.protocol import Mechanism
from fuyuantong.protocol.library import read
from fuyuantong.protocol.proof import prove

PAGE = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"


def test_the_mechanism_shown_to_newcomers_is_proved() -> None:
    shown = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    scope: dict[str, Mechanism] = {}
    exec(shown[1], scope)  # noqa: S102 - our own page

    proof = prove(scope["MECHANISM"], terms=read().terms, mechanisms=catalogue.MECHANISMS)

    assert [str(fault) for fault in proof.faults] == []

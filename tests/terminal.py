"""`fyt` in the test's own process and on its database: what is typed, and what comes back."""

import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from fuyuantong.conf.command_line import main


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    said: str
    refused: str

    @property
    def data(self) -> Any:
        """Return what it printed as JSON."""
        return json.loads(self.said)


@dataclass(frozen=True)
class Terminal:
    """Type commands one after another."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> Answer:
        """Run a command to its end."""
        self.monkeypatch.setattr(sys, "argv", ["fyt", *words])
        try:
            code = main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = self.capsys.readouterr()
        return Answer(code, printed.out, printed.err)

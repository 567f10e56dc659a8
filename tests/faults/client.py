"""A client that keeps a journal: what it asked for, and what it was answered; what is unanswered it asks again."""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Max
from tests.suggestions import COURT, FORESTRY, HOUSING, LETTER, at
from uuid_utils.compat import uuid7

from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done, Form, open_by_hand, perform
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.slips import make_request
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import account_by_username

FIRST_DAY = at("2026-11-23")
LETTER_BYTES = 200_000  # several chunks, so that a file can be left half written
OPEN_AT_ONCE = 4


@dataclass(frozen=True)
class Asked:
    """One request as it is sent, now or again."""

    key: str
    act: str
    uid: str
    organ: str
    at: str
    values: dict[str, Any]


class Client:
    """Act in a loop for every organ, and write down each request before it is sent, each answer when it is there."""

    def __init__(self, journal: Path, *, seed: int, people: dict[str, str]) -> None:
        self.journal = journal
        self.random = Random(seed)
        self.people = people

    def run(self, acts: int) -> None:
        """Ask again what is unanswered, then go on."""
        for asked in unanswered(self.journal):
            self._send(asked)
        for _ in range(acts):
            asked = self._next()
            _write(self.journal, {"asked": vars(asked)})
            self._send(asked)

    def _send(self, asked: Asked) -> None:
        done = self._answer(asked)
        answer = {"key": asked.key, "matter": done.matter, "seq": done.record.seq, "act": done.record.act}
        _write(self.journal, {"answer": answer})

    def _answer(self, asked: Asked) -> Done:
        by = By(self._account(asked.organ), organ=asked.organ)
        now = datetime.fromisoformat(asked.at)
        if asked.act == "open":
            return open_by_hand(
                "judicial-suggestion", "关于规范告知程序的司法建议", by=by, now=now, form=Form(key=asked.key)
            )
        form = Form(values=asked.values, key=asked.key)
        if asked.act == "recall":
            return make_request(asked.uid, "recall", by=by, now=now, form=form)
        return perform(asked.uid, asked.act, by=by, now=now, form=form)

    def _account(self, organ: str) -> Account:
        return account_by_username(self.people[organ])

    def _next(self) -> Asked:
        with transaction.atomic(), acting():
            last = Record.objects.aggregate(last=Max("recorded_at"))["last"]
            ripe = Matter.objects.filter(phase=Phase.OPEN).exclude(state="answering").select_related("holder")
            rows = list(ripe.order_by("pk")[:OPEN_AT_ONCE])
        now = max(last or FIRST_DAY, FIRST_DAY) + timedelta(minutes=1)
        key = str(uuid7())
        if (len(rows) < OPEN_AT_ONCE and self.random.random() < 0.5) or not rows:
            return Asked(key, "open", "", COURT, now.isoformat(), {})
        row = self.random.choice(rows)
        act, values = self._step(row, now)
        organ = COURT if act == "recall" else row.holder.code
        return Asked(key, act, str(row.uid), organ, now.isoformat(), values)

    def _step(self, row: Matter, now: datetime) -> tuple[str, dict[str, Any]]:
        reply_by = (now.date() + timedelta(days=30)).isoformat()
        receivers = self.random.sample([HOUSING, FORESTRY], self.random.randint(1, 2))
        if row.state in ("delivering", "replying") and self.random.random() < 0.15:
            return "recall", {"reason": "情况变化"}
        if row.state == "replying":
            letter = bytes(f"{row.uid} 复函", "utf-8").ljust(LETTER_BYTES, b".")
            digest = store_file(letter, mime="text/plain", now=now)
            return "reply", {"reply": "已修订文书模板。", "letter": [digest]}
        return {
            "drafting": ("issue", {**LETTER, "receiver_organs": receivers, "reply_by": reply_by}),
            "delivering": ("receive", {}),
            "assessing": (self.random.choice(("adopt", "partly")), {"assessment": "予以采纳。"}),
            "concluding": (
                "close",
                {"outcome": "全部采纳", "conclusion": "均已整改。", "look_back": self.random.random() < 0.5},
            ),
        }[row.state]


def unanswered(journal: Path) -> list[Asked]:
    """Return what was asked and not answered, in its order."""
    answers = {line["answer"]["key"] for line in lines(journal) if "answer" in line}
    asked = [Asked(**line["asked"]) for line in lines(journal) if "asked" in line]
    return [one for one in asked if one.key not in answers]


def answered(journal: Path) -> list[dict[str, Any]]:
    """Return the answers that the client was given."""
    return [line["answer"] for line in lines(journal) if "answer" in line]


def lines(journal: Path) -> list[dict[str, Any]]:
    """Return the journal; a last line that was cut off is none."""
    if not journal.exists():
        return []
    text = journal.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def _write(journal: Path, line: dict[str, Any]) -> None:
    with journal.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())

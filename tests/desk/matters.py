"""Matters of the demo county for the browser: opened and moved by its own officials."""

from datetime import datetime

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account
from fuyuantong.protocol import Json

COURT, JUSTICE, FINANCE = "410825-court", "410825-justice", "410825-finance"
LETTER: dict[str, Json] = {
    "kind": "综合治理",
    "title": "规范行政处罚告知程序",
    "cause": "近一年同类纠纷16件",
    "problems": [
        {"problem": "处罚前未告知听证权利", "suggestion": "修订文书模板"},
        {"problem": "集体讨论记录缺失", "suggestion": "建立集体讨论台账"},
    ],
    "copied": [],
    "touches_supervision": False,
    "contact": "研究室 0391-0000000",
}


def by(username: str, organ: str) -> By:
    """Return an official of the demo county who acts for an organ."""
    return By(Account.objects.get(username=username), organ)


def a_suggestion(*receivers: str, now: datetime, reply_by: str) -> str:
    """Let the court issue a judicial suggestion; shape: its uid."""
    judge = by("court.signer", COURT)
    uid = open_by_hand("judicial-suggestion", "关于规范行政处罚告知程序的司法建议", by=judge, now=now).matter
    letter = {**LETTER, "receiver_organs": list(receivers), "reply_by": reply_by}
    perform(uid, "issue", by=judge, now=now, form=Form(values=letter))
    return uid


def answer_of(suggestion: str, organ: str) -> str:
    """Return the uid of what an organ was asked to answer."""
    with acting():
        return str(Matter.objects.get(parent__uid=suggestion, fold__roles__receiver=organ).uid)

"""What happens beside the protocol: instructions, remarks, further papers, receipts of copies, slips of the pen."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from fuyuantong.matters.models.record import Record
from fuyuantong.matters.rehearsal.stage import Stage
from fuyuantong.matters.services.acts import Done, Form
from fuyuantong.matters.services.amending import correct_record
from fuyuantong.matters.services.slips import Note, annotate
from fuyuantong.matters.services.trail import Standing
from fuyuantong.protocol import Text
from fuyuantong.refusal import Refusal

INSTRUCTIONS = ("请抓紧办理，按期反馈。", "此件重要，请分管领导过问进展。", "请会同有关单位研究后提出意见。")
REMARKS = ("已与对方经办人电话沟通。", "材料正在内部会签，预计按期办结。", "已约定下周现场核实。")
SUPPLEMENTS = ("补充说明一份，请一并考虑。", "补交相关材料复印件。")
RECEIPTS = ("抄送件已收悉。",)

Happening = Callable[[Standing, Stage, Random, datetime], Done | None]


def happening(standing: Standing, *, stage: Stage, random: Random, now: datetime) -> bool:
    """Let one thing happen to an open matter; False when it does not fit."""
    if standing.situation.closed or not standing.situation.issued_seq:
        return False
    happens = random.choice((_instructed, _remarked, _remarked, _supplemented, _received, _corrected))
    try:
        return happens(standing, stage, random, now) is not None
    except Refusal:
        return False


def _instructed(standing: Standing, stage: Stage, random: Random, now: datetime) -> Done | None:
    office = next(iter(stage.cast.offices()), "")
    return _noted(standing, stage, office, Note.INSTRUCT, random.choice(INSTRUCTIONS), now)


def _remarked(standing: Standing, stage: Stage, random: Random, now: datetime) -> Done | None:
    return _noted(standing, stage, standing.situation.holder, Note.REMARK, random.choice(REMARKS), now)


def _supplemented(standing: Standing, stage: Stage, random: Random, now: datetime) -> Done | None:
    party = random.choice(standing.situation.parties or ("",))
    return _noted(standing, stage, party, Note.SUPPLEMENT, random.choice(SUPPLEMENTS), now)


def _received(standing: Standing, stage: Stage, random: Random, now: datetime) -> Done | None:
    copied = random.choice(standing.situation.copies or ("",))
    return _noted(standing, stage, copied, Note.RECEIPT, random.choice(RECEIPTS), now)


def _noted(standing: Standing, stage: Stage, organ: str, note: Note, text: str, now: datetime) -> Done | None:
    if organ not in stage.cast.people:
        return None
    by = stage.cast.by(organ, standing.situation, signs=False)
    return annotate(standing.situation.uid, note, text, by=by, now=now)


def _corrected(standing: Standing, stage: Stage, random: Random, now: datetime) -> Done | None:
    """Replace one text that the holder itself gave last by another sample of the same field."""
    situation = standing.situation
    texts = {
        found.key: found.samples
        for found in standing.mechanism.fields
        if isinstance(found, Text) and len(found.samples) > 1 and not found.secret and found.key != "title"
    }
    records = Record.objects.filter(matter=standing.row, kind="move", organ=situation.holder, on_behalf_of="")
    for record in records.order_by("-seq"):
        for key in sorted(texts.keys() & record.values.keys()):
            other = next(sample for sample in texts[key] if sample != record.values[key])
            if situation.values.get(key) == record.values[key]:
                by = stage.cast.by(situation.holder, situation, signs=False)
                form = Form(values={key: other})
                return correct_record(situation.uid, record.seq, reason="笔误，更正表述", by=by, now=now, form=form)
    return None

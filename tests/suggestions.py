"""Judicial suggestions on their way: a court, the bureaus that answer it, and the office that watches."""

from dataclasses import dataclass
from datetime import date, datetime, time

from tests.builders import an_office, an_official, an_organ

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Done, Form, open_by_hand, perform
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.locks import standing_of
from fuyuantong.matters.services.trail import Standing
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Json

COURT, HOUSING, FORESTRY, OFFICE, GOVERNMENT = (
    f"410825-{name}" for name in ("court", "housing", "forestry", "office", "government")
)
LETTER: dict[str, Json] = {
    "kind": "综合治理",
    "title": "规范行政处罚告知程序",
    "cause": "近一年同一小区物业纠纷16件",
    "problems": [{"problem": "处罚前未告知听证权利", "suggestion": "修订文书模板"}],
    "copied": [],
    "touches_supervision": False,
    "contact": "研究室 0391-0000000",
}


@dataclass(frozen=True)
class County:
    """The organs by their codes, and in each of them one who may do everything there."""

    organs: dict[str, Organ]
    people: dict[str, Account]

    def by(self, organ: str, **more: object) -> By:
        """Return the organ's person acting now."""
        return By(self.people[organ], organ=organ, **more)


def a_county() -> County:
    """Found a court, two bureaus under a government, and the office, with a head in each."""
    government = an_organ(GOVERNMENT, short="政府")
    organs = {
        COURT: an_organ(COURT, branch="court", short="法院"),
        HOUSING: an_organ(HOUSING, under=government, short="住建局"),
        FORESTRY: an_organ(FORESTRY, under=government, short="林业局"),
        OFFICE: an_office(OFFICE, serving=government),
        GOVERNMENT: government,
    }
    return County(organs, {code: an_official(organ, kind=PostKind.HEAD) for code, organ in organs.items()})


def at(day: str, clock: str = "09:30") -> datetime:
    """Return a moment in Shanghai."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI)


def drafted(county: County, *, now: datetime) -> str:
    """Begin a suggestion; shape: its uid."""
    return open_by_hand(
        "judicial-suggestion", "关于规范行政处罚告知程序的司法建议", by=county.by(COURT), now=now
    ).matter


def issued(county: County, *receivers: str, now: datetime, reply_by: str = "2026-09-30") -> str:
    """Begin a suggestion and issue it at once; shape: its uid."""
    uid = drafted(county, now=now)
    act(county, uid, "issue", now=now, receiver_organs=list(receivers or (HOUSING,)), reply_by=reply_by, **LETTER)
    return uid


def replying(county: County, *, now: datetime, reply_by: str = "2026-09-30") -> str:
    """Issue a suggestion to one bureau which receives it at once; shape: the uid of its answer."""
    uid = answer_of(issued(county, HOUSING, now=now, reply_by=reply_by), HOUSING)
    act(county, uid, "receive", now=now)
    return uid


def reply(county: County, uid: str, *, now: datetime) -> Done:
    """Let the bureau answer in writing."""
    letter = store_file("关于司法建议的复函".encode(), mime="text/plain", now=now)
    return act(county, uid, "reply", now=now, reply="已修订文书模板。", letter=[letter])


def answer_of(suggestion: str, organ: str) -> str:
    """Return the uid of what an organ was asked to answer."""
    with acting():
        found = Matter.objects.get(parent__uid=suggestion, fold__roles__receiver=organ)
    return str(found.uid)


def act(county: County, uid: str, move: str, *, now: datetime, key: str = "", **values: Json) -> Done:
    """Let the holder make a move."""
    holder = standing(uid).situation.holder
    return perform(uid, move, by=county.by(holder), now=now, form=Form(values=values, key=key))


def standing(uid: str) -> Standing:
    """Return how a matter stands."""
    with acting():
        return standing_of(Matter.objects.get(uid=uid))


def kinds(uid: str) -> list[str]:
    """Return what the records of a matter are, in order: the kind, and of a move its key."""
    with acting():
        rows = Matter.objects.get(uid=uid).records.order_by("seq").values_list("kind", "move")
        return [move if kind == "move" else kind for kind, move in rows]


def last(uid: str) -> Record:
    """Return the last record of a matter."""
    with acting():
        return Record.objects.filter(matter__uid=uid).latest("seq")


def closed(county: County, uid: str, *, now: datetime, look_back: bool = False) -> str:
    """Let a bureau answer, the court adopt that and close the suggestion; shape: the uid of the suggestion."""
    reply(county, uid, now=now)
    act(county, uid, "adopt", now=now, assessment="措施具体，予以采纳。")
    with acting():
        suggestion = str(Matter.objects.get(uid=uid).parent.uid)
    act(county, suggestion, "close", now=now, outcome="全部采纳", conclusion="均已整改。", look_back=look_back)
    return suggestion

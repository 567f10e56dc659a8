"""What stands around every page: where one can go, and how much waits there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from fuyuantong.desk.parts import PARTS
from fuyuantong.desk.person import Person
from fuyuantong.matters.ledger import Box, total
from fuyuantong.matters.sight import Reader
from fuyuantong.notices.queries import unread
from fuyuantong.organs.vocabulary import PostKind

MOST_SHOWN = 99


@dataclass(frozen=True, slots=True)
class Place:
    """A page that stands in the navigation; `posts`: only who holds one of them is shown the way."""

    title: str
    route: str
    icon: str
    posts: frozenset[str] = frozenset()
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A line of the navigation as one person sees it."""

    title: str
    url: str
    icon: str
    current: bool
    badge: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page; `unread` is how many notices are."""

    person: Person
    unread: str
    groups: tuple[tuple[str, tuple[Way, ...]], ...]


ADMINISTRATION = tuple(
    Place(section.title, section.route, section.icon, posts=frozenset({part}))
    for part, sections in PARTS.items()
    for section in sections
)
GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place("工作台", "home", "home"),
            Place("台账", "ledger", "list-details"),
            Place("会议日历", "meetings", "calendar-event"),
            Place("案件", "cases", "gavel", acting=True),
            Place("方案", "plans", "file-text"),
            Place("任务台账", "tasks", "list-check"),
            Place("新建事项", "openings", "file-plus", acting=True),
            Place("组织机构", "organisation", "sitemap"),
            Place("办事指南", "guide", "question-mark"),
            Place("审签程序", "chains", "list-check", posts=frozenset({PostKind.HEAD})),
        ),
    ),
    ("管理", ADMINISTRATION),
)


def frame_of(person: Person, reader: Reader, *, path: str) -> Frame:
    """Return the frame of a page at that address."""
    waiting = str(total(reader, box=Box.TO_DO)) if reader.organs else "0"
    badges = {"home": "" if waiting == "0" else waiting}
    groups = ((title, tuple(_ways(places, person, path, badges))) for title, places in GROUPS)
    return Frame(person, _shortly(unread(reader)), tuple((title, ways) for title, ways in groups if ways))


def _shortly(count: int) -> str:
    if not count:
        return ""
    return str(count) if count <= MOST_SHOWN else f"{MOST_SHOWN}+"


def _ways(places: tuple[Place, ...], person: Person, path: str, badges: dict[str, str]) -> Iterator[Way]:
    for place in places:
        if place.acting and person.organ is None:
            continue
        if place.posts and not any(person.holds(post) for post in place.posts):
            continue
        url = reverse(place.route)
        current = path == url or (url != "/" and path.startswith(f"{url}/"))
        yield Way(place.title, url, place.icon, current, badges.get(place.route, ""))

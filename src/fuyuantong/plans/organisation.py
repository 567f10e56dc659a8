"""组织机构: what seats there are in the organisation of the cooperation, and what must be said of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Section(StrEnum):
    """A part of the organisation."""

    GROUP = "leading-group"
    OFFICE = "office"
    TEAM = "working-group"
    LIAISON = "liaison"
    DIVISION = "division"
    MEMBER = "member"


class SeatPart(StrEnum):
    """As what somebody sits there."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    FELLOW = "fellow"
    HOST = "host"
    HEAD = "head"
    LEAD = "lead"
    DEDICATED = "dedicated"
    OFFICER = "officer"
    COMPETENT = "competent"
    INVITED = "invited"


@dataclass(frozen=True)
class SeatKind:
    """One kind of seat: `needs` must be said of it."""

    title: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class SectionKind:
    """One section: its seats, what is told of each beside the organ, and what the theme of it is called."""

    title: str
    seats: Mapping[SeatPart, SeatKind]
    tells: tuple[str, ...]
    theme: str = ""


FIELD_TITLES: Final = {
    "theme": "专题",
    "organ": "单位",
    "person": "姓名",
    "post": "职务",
    "phone": "办公电话",
    "note": "说明",
}
SECTIONS: Final[Mapping[Section, SectionKind]] = {
    Section.GROUP: SectionKind(
        "领导小组",
        {
            SeatPart.CHAIR: SeatKind("组长", ("post",)),
            SeatPart.DEPUTY: SeatKind("副组长", ("post",)),
            SeatPart.FELLOW: SeatKind("成员", ("post",)),
        },
        ("person", "post", "note"),
    ),
    Section.OFFICE: SectionKind(
        "领导小组办公室",
        {
            SeatPart.HOST: SeatKind("设在单位", ("organ",)),
            SeatPart.HEAD: SeatKind("负责人", ("post",)),
            SeatPart.FELLOW: SeatKind("成员", ("post",)),
        },
        ("person", "post", "phone", "note"),
    ),
    Section.TEAM: SectionKind(
        "专题组、专班",
        {
            SeatPart.LEAD: SeatKind("牵头单位", ("theme", "organ")),
            SeatPart.FELLOW: SeatKind("成员单位", ("theme", "organ")),
            SeatPart.DEDICATED: SeatKind("专人", ("theme", "organ", "person")),
        },
        ("person", "post", "phone", "note"),
        theme="专题",
    ),
    Section.LIAISON: SectionKind(
        "联络员",
        {SeatPart.OFFICER: SeatKind("联络员", ("theme", "organ", "person"))},
        ("person", "post", "phone", "note"),
        theme="联络事项",
    ),
    Section.DIVISION: SectionKind(
        "归口职能部门",
        {SeatPart.COMPETENT: SeatKind("归口部门", ("organ", "post"))},
        ("post", "person", "phone", "note"),
    ),
    Section.MEMBER: SectionKind(
        "成员单位",
        {
            SeatPart.LEAD: SeatKind("牵头单位", ("organ",)),
            SeatPart.FELLOW: SeatKind("成员单位", ("organ",)),
            SeatPart.INVITED: SeatKind("受邀单位", ("organ",)),
        },
        ("note",),
    ),
}
TOPICS: Final = ("综合", "人民监督员", "社区矫正")
# of these there is one at a time
SINGLE: Final = frozenset({(Section.OFFICE, SeatPart.HOST)})


def post_title(section: Section) -> str:
    """Return what the post is called in a section: of a division it is its name."""
    return "部门" if section is Section.DIVISION else FIELD_TITLES["post"]

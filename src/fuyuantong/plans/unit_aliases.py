"""Which organs a document means by the name of a unit: 法院, 县法院, 县人民法院; 各乡镇（街道）."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from fuyuantong.reading.folding import fold
from fuyuantong.reading.unit_identity import same_unit

_LONG_FORMS = (
    ("人民政府", "政府"), ("中级人民法院", "法院"), ("高级人民法院", "法院"), ("人民法院", "法院"),
    ("人民检察院", "检察院"), ("办公厅", "办"), ("办公室", "办"), ("委员会", "委"),
)  # fmt: skip
_BRACKETED = re.compile(r"（[^（）]*）$")
_TRADE = re.compile(r"(?:行政)?(?:主管)?(?:部门|机关)$")
_OF_A_TRADE = ("局", "委", "院", "办", "分局")
_JOINTS = re.compile(r"[（）、和及与各]")
_TOWNS = re.compile(r"(?:乡镇|镇乡|乡|镇)?(?:街道)?(?:办事处)?(?:人民政府|政府)?(?:街道)?(?:办事处)?")
_COUNTIES = re.compile(r"[县市区旗]+(?:人民政府|政府)?")


class Nearness(IntEnum):
    """Where an organ stands to the region of the plan."""

    OWN = 0
    ABOVE = 1
    BELOW = 2


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name of an organ, with the name of its region; a former one has been given up."""

    organ: int
    nearness: Nearness
    place: str
    text: str
    is_former: bool = False


class UnitAliases:
    """The organs around one region, found by what a document calls them."""

    def __init__(self, place: str, names: Iterable[KnownName]) -> None:
        self.place = place
        self.names = tuple(names)
        self.forms = [
            (name, _forms(name.text, () if name.nearness is Nearness.BELOW else (name.place,), place))
            for name in self.names
        ]
        self.places = {name.place for name in self.names if name.nearness is Nearness.ABOVE}

    def organs_of(self, raw: str) -> tuple[int, ...]:
        """
        Return the organs that a unit of a document is: none when nobody or several could be meant, several for a group.

        Example: 各乡镇（街道） are all townships and sub-districts; 各有关部门 is nobody in particular.
        """
        said = "".join(fold(raw).split())
        if said.startswith("各"):
            return self._group(_JOINTS.sub("", said))
        said = _BRACKETED.sub("", said) or said
        return self._one(said, is_former=False) or self._one(said, is_former=True)

    def _one(self, said: str, *, is_former: bool) -> tuple[int, ...]:
        higher = self._higher_places(said)
        for nearness, place, may_be_short in (
            (Nearness.OWN, self.place, not higher),
            *((Nearness.ABOVE, place, True) for place in higher),
            (Nearness.BELOW, self.place, False),
        ):
            plain = _forms(said, (place,), place)
            wanted = plain | _of_trades(plain)
            known = [
                (name, forms) for name, forms in self.forms if (name.nearness, name.is_former) == (nearness, is_former)
            ]
            found = {name.organ for name, forms in known if forms & wanted}
            if not found and may_be_short:
                found = {name.organ for name, forms in known if _abbreviates(plain, forms)}
            if found:
                return tuple(found) if len(found) == 1 else ()
        return ()

    def _higher_places(self, said: str) -> Sequence[str]:
        """Return the regions above that the name speaks of: 焦作市司法局 and 市司法局 in a plan of a county."""
        own = self.place[-1:]
        return [place for place in sorted(self.places) if said.startswith(place) or said[:1] == place[-1:] != own]

    def _group(self, said: str) -> tuple[int, ...]:
        if said and _TOWNS.fullmatch(said):
            endings = [ending for ending, signs in (("政府", "乡镇"), ("街道办事处", "街")) if set(signs) & set(said)]
        elif _COUNTIES.fullmatch(said):
            endings = ["政府"]
        else:
            return ()
        below = [name for name in self.names if name.nearness is Nearness.BELOW and not name.is_former]
        return tuple(dict.fromkeys(name.organ for name in below if name.text.endswith(tuple(endings))))


def _of_trades(forms: Collection[str]) -> frozenset[str]:
    """Return the organs that 财政部门, 税务机关 would be: 财政局, 税务局."""
    stems = {stem for form in forms if (stem := _TRADE.sub("", form)) != form and len(stem) > 1}
    return frozenset(f"{stem}{ending}" for stem in stems for ending in _OF_A_TRADE)


def _forms(name: str, places: Collection[str], own: str) -> frozenset[str]:
    """Return a name in short forms: as it stands, without its place, without 县 or 县委 before it."""
    said = "".join(fold(name).split()).removeprefix("中共")
    for long, short in _LONG_FORMS:
        said = said.replace(long, short)
    forms = {said}
    for place in (*places, own):
        bare = said.removeprefix(place)
        forms |= {bare, re.sub(rf"^[本我全]?{re.escape(place[-1:])}(?:级|直)?(?=..)", "", bare)}
        forms.add(re.sub(rf"^{re.escape(place[-1:])}委(?=..)", "", bare))
    return frozenset(form for form in forms if len(form) > 1)


def _abbreviates(wanted: Collection[str], forms: Collection[str]) -> bool:
    return any(same_unit(one, other) for one in wanted for other in forms)


def mapped(raws: Iterable[str], *, aliases: UnitAliases, remembered: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return the organs of each name: the one that people have chosen for it before the one that the rules find."""
    found = {}
    for raw in raws:
        chosen = remembered.get(known_as(raw))
        found[raw] = (chosen,) if chosen is not None else aliases.organs_of(raw)
    return found


def known_as(raw: str) -> str:
    """Return the shape in which a choice for a name is remembered."""
    return "".join(fold(raw).split())

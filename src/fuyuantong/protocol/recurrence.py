"""Whether two matters raise the same problem: declared kinds equal, and words of either that are alike."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from fuyuantong.protocol.checks import CHECKS
from fuyuantong.protocol.fields import Json
from fuyuantong.protocol.mechanism import Recurs

MOST_TEXTS: Final = 12  # of one matter: what is compared with each other must stay a small table
_GRAM: Final = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two matters are taken for alike: kinds that are equal, and the two texts that are nearest, in percent."""

    same: tuple[str, ...]
    mine: str
    theirs: str
    percent: int


def organs_said(recurs: Recurs, values: Mapping[str, Json]) -> frozenset[str]:
    """Return the codes of the organs to which a matter raises its problem."""
    said = values.get(recurs.organ)
    return frozenset(str(code) for code in (said if isinstance(said, list) else [said]) if code)


def likeness(
    mine: tuple[Recurs, Mapping[str, Json]], theirs: tuple[Recurs, Mapping[str, Json]], *, one_mechanism: bool
) -> Likeness | None:
    """
    Return what is alike between two matters; None where nothing can be compared, or a kind is another one.

    A kind that one of them has not been given yet tells nothing. Shape: the texts as they were written.
    """
    (recurs, values), (other, former) = mine, theirs
    same = []
    for key in recurs.same if one_mechanism and recurs.same == other.same else ():
        kinds = values.get(key), former.get(key)
        if None in kinds:
            continue
        if kinds[0] != kinds[1]:
            return None
        same.append(str(kinds[0]))
    pairs = product(_texts(recurs, values), _texts(other, former))
    found = max(((alike(one, two), one, two) for one, two in pairs), default=None, key=lambda pair: pair[0])
    return Likeness(tuple(same), found[1], found[2], found[0]) if found else None


def alike(one: str, other: str) -> int:
    """
    Return the share of runs of three characters that two texts have in common, in percent.

    Width, case, spaces and punctuation do not count. Example: 处罚前未告知听证权利 and 处罚前没有告知听证权利 are 59 alike.
    """
    grams, others = _grams(one), _grams(other)
    together = grams.total() + others.total()
    return 200 * (grams & others).total() // together if together else 0


def _grams(text: str) -> Counter[str]:
    bare = "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())
    return Counter(bare[at : at + _GRAM] for at in range(max(1, len(bare) - _GRAM + 1))) if bare else Counter()


def _texts(recurs: Recurs, values: Mapping[str, Json]) -> Sequence[str]:
    """Return what is compared; numbers of cases are all alike and tell nothing."""
    said = (text for text in dict.fromkeys(_said(recurs, values)) if CHECKS["case-number"](text))
    return list(islice(said, MOST_TEXTS))


def _said(recurs: Recurs, values: Mapping[str, Json]) -> Iterator[str]:
    for key in recurs.words:
        field, _, column = key.partition(".")
        said = values.get(field)
        if isinstance(said, str):
            yield said
        for row in said if isinstance(said, list) else ():
            cell = row.get(column) if isinstance(row, dict) else None
            if isinstance(cell, str):
                yield cell

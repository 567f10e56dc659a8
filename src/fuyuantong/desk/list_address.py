"""What an address asks of a list, as it was typed: read, changed, and spelled again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar, Self
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class ListAddress:
    """
    The filters of a list as they stand in an address; empty means: not asked for.

    `PLACES` say where the page begins, `KEPT` narrow nothing; `LONGEST` in characters is read of each.
    """

    PLACES: ClassVar[tuple[str, ...]] = ("after", "before")
    KEPT: ClassVar[tuple[str, ...]] = ()
    LONGEST: ClassVar[int] = 200

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Read an address; of what is too long the beginning, and nothing that no text can hold."""
        names = (field.name for field in fields(cls))
        return cls(**{name: query.get(name, "").replace("\0", "").strip()[: cls.LONGEST] for name in names})

    def address(self, **changed: str) -> str:
        """Return the address that asks the same but for what is changed; from its first page when no place is named."""
        asked = replace(self, **{**dict.fromkeys(self.PLACES, ""), **changed})
        return urlencode({name: value for name, value in asdict(asked).items() if value})

    @property
    def narrowed(self) -> bool:
        """Tell whether a filter is set."""
        return any(value for name, value in asdict(self).items() if name not in (*self.KEPT, *self.PLACES))

"""Where in a matter something is sealed, and what people call each of these places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fuyuantong.protocol import Json, Mechanism, Rows
from fuyuantong.seal.commitment import is_commitment


@dataclass(frozen=True, slots=True)
class SealedPlace:
    """One sealed value: the field (and column), the row, and a title for people."""

    field: str
    row_key: str
    title: str

    @property
    def key(self) -> str:
        """Return the place in one word, as a form sends it."""
        return f"{self.field}/{self.row_key}"


def sealed_places(mechanism: Mechanism, values: Mapping[str, Json]) -> list[SealedPlace]:
    """Return the places that are sealed, in the order of the declaration, then of the rows."""
    return list(_sealed(mechanism, values))


def place_title(mechanism: Mechanism, field: str, row_key: str) -> str:
    """Return what people call a place; its key when this version does not know it."""
    name, _, column = field.partition(".")
    found = next((each for each in mechanism.fields if each.key == name), None)
    if found is None:
        return field
    columns = found.columns if isinstance(found, Rows) else ()
    title = next((each.title for each in columns if each.key == column), column)
    return f"{found.title}第 {int(row_key) + 1} 行{title}" if column and row_key.isdigit() else found.title


def _sealed(mechanism: Mechanism, values: Mapping[str, Json]) -> Iterator[SealedPlace]:
    for found in mechanism.fields:
        value = values.get(found.key)
        if is_commitment(value):
            yield SealedPlace(found.key, "", found.title)
        elif isinstance(found, Rows) and isinstance(value, list):
            for number, row in enumerate(value):
                for column in found.columns:
                    if isinstance(row, dict) and is_commitment(row.get(column.key)):
                        field, row_key = f"{found.key}.{column.key}", str(number)
                        yield SealedPlace(field, row_key, place_title(mechanism, field, row_key))

"""JSON that is kept as the text that was digested: what is verified is what was written, letter by letter."""

from typing import Any

from django.db import models
from psycopg.types.json import Json

from fuyuantong.seal.canonical import spelling


class SpelledJSONField(models.JSONField):
    """
    JSON in its canonical spelling, for columns that a digest covers.

    `jsonb` would keep the value and forget the spelling, so that each verification had to find it anew; `json` keeps
    the text. It has `->` and `->>`, but neither `?` nor `@>` nor equality: such questions are asked of the matter.
    Basis: docs/adr/0020-records-keep-the-text-that-was-digested.md.
    """

    def db_type(self, connection: object) -> str:
        """Return the type of the column."""
        return "json"

    def get_db_prep_value(self, value: object, connection: object, prepared: bool = False) -> Json:
        """Return the value to be written in its one spelling."""
        return Json(value, dumps=spelling)

    def from_db_value(self, value: object, expression: object, connection: object) -> Any:
        """Return the value as the driver has read it."""
        return value

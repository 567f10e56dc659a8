"""Keeping which rows of registers a matter names, so that what a register tells finds it."""

from collections.abc import Iterable

from fuyuantong.matters.models.named_row import NamedRow


def keep_rows(matter_id: int, named: Iterable[tuple[str, str, str]]) -> None:
    """Write what each field of a matter names: field, register, key of the row."""
    rows = [NamedRow(matter_id=matter_id, field=field, register=register, key=key) for field, register, key in named]
    if rows:
        NamedRow.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["matter_id", "field"], update_fields=["register", "key"]
        )

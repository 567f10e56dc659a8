"""Sorting Chinese names by their sound, since the bundled database has no Chinese collation."""

from functools import cache
from importlib import import_module
from types import ModuleType


def sort_key(name: str) -> str:
    """
    Return the pinyin of a name, syllables parted by spaces, what is not Chinese in lower case.

    Example: `sort_key("县法院")` is `"xian fa yuan"`.
    """
    return " ".join(_readings().lazy_pinyin(name)).lower()


@cache
def _readings() -> ModuleType:
    """Return the dictionary of readings; to load it is a sixth of a start, and few programs name anything."""
    return import_module("pypinyin")

"""Sorting Chinese names by their sound, since the bundled database has no Chinese collation."""

from pypinyin import lazy_pinyin


def sort_key(name: str) -> str:
    """
    Return the pinyin of a name, syllables parted by spaces, what is not Chinese in lower case.

    Example: `sort_key("县法院")` is `"xian fa yuan"`.
    """
    return " ".join(lazy_pinyin(name)).lower()

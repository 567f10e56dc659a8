"""The refusal of a document that cannot be read; the file itself is kept."""

from fuyuantong.refusal import Refusal


class Unreadable(Refusal):
    """Refuse a file whose text cannot be had: empty, too large, locked, scanned, damaged, of an unknown kind."""

    key = "unreadable-document"
    title = "无法读取该文件"

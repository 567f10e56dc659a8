"""Words that people write beside the declared fields: titles, reasons, notes, grounds."""

from fuyuantong.protocol.values import is_legible
from fuyuantong.refusal import Refusal


def said(words: str, *, longest: int, refusal: type[Refusal], field: str) -> str:
    """Return the words without white space around them. Raises: the refusal for none, too many or illegible ones."""
    clean = words.strip()
    if not 0 < len(clean) <= longest:
        raise refusal(f"须写 1 至 {longest} 字，现为 {len(clean)} 字", remedy="请改写后重新提交。", field=field)
    if not is_legible(clean):
        raise refusal("含有不可显示的控制字符", remedy="请删去从别处粘贴的特殊字符后重新提交。", field=field)
    return clean

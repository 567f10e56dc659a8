"""The causes of administrative cases (案由) of the second level, for people to choose from; feeds may say others."""

from typing import Final

# from memory of 法发〔2020〕44号, not yet checked against the text
CAUSES: Final = (
    "行政处罚", "行政强制措施", "行政强制执行", "行政许可", "行政征收或者征用", "行政登记", "行政确认", "行政给付", "行政允诺",
    "行政征缴", "行政奖励", "行政收费", "政府信息公开", "行政批复", "行政处理", "行政复议", "行政裁决", "行政协议", "行政补偿",
    "行政赔偿", "不履行职责", "公益诉讼",
)  # fmt: skip

"""Titles in lines, as an office would part them."""

import pytest

from fuyuantong.typesetting.titles import break_title


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("司法建议书", ("司法建议书",)),
        ("温县人民法院关于商请参加第三季度联席会议的函", ("温县人民法院", "关于商请参加第三季度联席会议的函")),
        (
            "温县人民政府关于建立常态化府院联动机制推动行政争议实质性化解的通知",
            ("温县人民政府关于建立常态化府院联动机制", "推动行政争议实质性化解的通知"),
        ),
        ("关于规范行政处罚\n告知程序的通知", ("关于规范行政处罚", "告知程序的通知")),
        (
            "温县人民政府办公室关于召开第三季度府院联动常规联席会议的通知",
            ("温县人民政府办公室关于召开", "第三季度府院联动常规联席会议的通知"),
        ),
        (
            "温县人民政府办公室关于2026年度审查报告研究意见的复函",
            ("温县人民政府办公室", "关于2026年度审查报告研究意见的复函"),
        ),
        ("（" * 21, ("（" * 20, "（")),
    ],
)
def test_a_title_is_parted_between_words(title: str, lines: tuple[str, ...]) -> None:
    assert break_title(title) == lines

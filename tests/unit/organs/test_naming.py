"""Names are printed as they stand, or refused; they sort by sound."""

import pytest

from fuyuantong.organs.naming import BadName, check_name
from fuyuantong.organs.sort_key import sort_key


@pytest.mark.parametrize("name", ["", " ", " 县法院", "县法院\n", "县\0法院", "县\u200b法院", "县" * 41, "\ud800"])
def test_a_name_that_cannot_be_printed_is_refused(name):
    with pytest.raises(BadName) as refused:
        check_name(name, field="short", most=40)

    assert refused.value.field == "short"


def test_an_ordinary_name_is_accepted():
    check_name("中共温县县委政法委员会（本级）", field="full", most=40)


def test_names_sort_by_their_sound():
    assert sorted(["县法院", "财政局", "ABC银行", "重庆办事处"], key=sort_key) == [
        "ABC银行",
        "财政局",
        "重庆办事处",
        "县法院",
    ]
    assert sort_key("县法院") == "xian fa yuan"

"""Whose word on addresses is believed."""

import pytest

from fuyuantong.conf.proxies import ProxiesUnreadable, trusted_proxies


@pytest.mark.parametrize(("said", "count"), [({}, 0), ({"TRUSTED_PROXIES": ""}, 0), ({"TRUSTED_PROXIES": "2"}, 2)])
def test_the_proxies_before_the_site_are_counted(said: dict[str, str], count: int) -> None:
    assert trusted_proxies(said) == count


@pytest.mark.parametrize("said", ["two", "-1", "10", "２"])
def test_what_is_no_count_is_refused(said: str) -> None:
    with pytest.raises(ProxiesUnreadable, match="不是 0 至 9 的整数"):
        trusted_proxies({"TRUSTED_PROXIES": said})

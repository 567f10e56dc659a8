"""Walks are written as short as they are told."""

from fuyuantong.protocol import Do, do


def test_moves_made_one_after_another_are_one_step_each():
    assert do("receive", "reply") == (Do("receive"), Do("reply"))

"""Canonical JSON has one spelling per value, and says where a value does not fit."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuyuantong.seal.canonical import LARGEST, NotCanonical, canonical, parse

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def nested(levels):
    value = "x"
    for _ in range(levels):
        value = [value]
    return value


def typed(value):
    """Tell True from 1, which Python calls equal."""
    if isinstance(value, dict):
        return "{}", tuple(sorted((name, typed(member)) for name, member in value.items()))
    if isinstance(value, list):
        return "[]", tuple(typed(member) for member in value)
    return type(value).__name__, value


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        (None, "null"),
        (True, "true"),
        (-9007199254740991, "-9007199254740991"),
        ("府院通", '"府院通"'),
        ('a"b\\c/d', '"a\\"b\\\\c/d"'),
        ("\x08\t\n\x0c\r\x01\x1f\x7f", '"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f"'),
        ([1, [], {}], "[1,[],{}]"),
        ({"乙": 1, "甲": 2, "b": 3, "a": 4, "": 5}, '{"":5,"a":4,"b":3,"乙":1,"甲":2}'),
    ],
)
def test_a_value_is_spelled_in_one_way(value, spelling):
    assert canonical(value) == spelling.encode()


def test_keys_are_sorted_by_code_point_not_by_utf16_unit():
    assert canonical({"\U00020000": 1, "\uff21": 2}) == '{"\uff21":2,"\U00020000":1}'.encode()


def test_text_is_never_normalised():
    assert canonical("\ufa19") != canonical("\u795e")
    assert parse(canonical("e\u0301")) == "e\u0301"


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.5, "$"),
        (2**53, "$"),
        (-(2**53), "$"),
        ({"values": {"rows": [1, {"ratio": 0.5}]}}, "$.values.rows[1].ratio"),
        ({"a": "x\0"}, "$.a"),
        ({"a": "\ud800"}, "$.a"),
        ({"a": {"x\0": 1}}, "$.a.x\\0"),
        ({"a": {"\udfff": 1}}, "$.a.\\udfff"),
        ({"a": {1: 1}}, "$.a"),
        ({"a": ("x",)}, "$.a"),
        ([b"x"], "$[0]"),
        (nested(65), "$" + "[0]" * 64),
    ],
)
def test_a_value_outside_the_form_is_refused_with_its_path(value, place):
    with pytest.raises(NotCanonical) as refused:
        canonical(value)

    assert refused.value.field == place
    assert refused.value.remedy


def test_the_first_of_several_faults_is_named():
    with pytest.raises(NotCanonical) as refused:
        canonical({"a": "fine", "b": [5], "c": {"x": True}, "d": "\0", "e": 1.0})

    assert refused.value.field == "$.d"


def test_nesting_of_64_levels_is_allowed():
    assert canonical(nested(64)) == b"[" * 64 + b'"x"' + b"]" * 64


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"{", b"NaN", b"Infinity", b"9" * 5000, b"[" * 100_000, b'\xef\xbb\xbf"x"'],
)
def test_bytes_that_are_no_json_are_refused(data):
    with pytest.raises(NotCanonical):
        parse(data)


@pytest.mark.parametrize(
    "data",
    [b"1.0", b"1e2", b"-0", b"[1, 2]", b'{"b":1,"a":2}', b'"\\u0061"', b'"\\/"', b'"\\u0000"', b'"\\ud800"', b"1\n"],
)
def test_another_spelling_is_refused(data):
    with pytest.raises(NotCanonical):
        parse(data)


def test_a_doubled_key_is_refused_by_name():
    with pytest.raises(NotCanonical) as refused:
        parse(b'{"a":1,"b":1,"b":2}')

    assert refused.value.field == "b"


@given(VALUES)
def test_parse_gives_back_what_was_spelled(value):
    assert typed(parse(canonical(value))) == typed(value)


@given(VALUES, VALUES)
def test_two_values_share_no_spelling(one, other):
    assert (canonical(one) == canonical(other)) == (typed(one) == typed(other))


@given(VALUES)
def test_any_other_json_spelling_of_a_value_leads_to_the_same_bytes(value):
    assert canonical(json.loads(json.dumps(value, indent=1))) == canonical(value)


@given(st.binary(max_size=20))
def test_parse_accepts_only_what_canonical_gives(data):
    try:
        value = parse(data)
    except NotCanonical:
        return
    assert canonical(value) == data

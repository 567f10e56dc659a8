"""What a record says is stored as it was digested: nothing enters that the canonical form does not know."""

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import an_organ
from tests.matter_rows import Part, a_matter, append

from fuyuantong.matters.models.record import Record
from fuyuantong.matters.session import acting
from fuyuantong.seal.digest import record_digest

pytestmark = pytest.mark.django_db

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
VALUES = st.dictionaries(
    TEXT,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@pytest.mark.slow
@given(values=VALUES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_digest_is_the_same_after_store_and_reload(values):
    with transaction.atomic():
        matter = a_matter(Part(an_organ()), records=1)
        with acting():
            stored = append(matter, values=values)
            reloaded = Record.objects.get(matter=matter, seq=2)
        transaction.set_rollback(True)

    assert record_digest(bytes(reloaded.prev), reloaded.values) == record_digest(stored.prev, values)


@pytest.mark.parametrize("value", ["1.5", "1.0", "9007199254740992", "-9007199254740992", "1e400"])
def test_a_number_outside_the_form_does_not_enter(value):
    assert not is_canonical(f'{{"deep": [{{"down": {value}}}]}}')


@pytest.mark.parametrize("value", ["9007199254740991", "-9007199254740991", "0", "-0", "null", "[]", '"1.5"', "true"])
def test_a_value_of_the_form_enters(value):
    assert is_canonical(f'{{"a": {value}}}')


@pytest.mark.parametrize("value", ["[]", "1", "null", '"text"'])
def test_only_objects_enter(value):
    assert not is_canonical(value)


def test_nul_does_not_enter():
    with pytest.raises(DatabaseError, match="Unicode escape"), transaction.atomic():
        is_canonical(r'{"a": "\u0000"}')


def test_a_record_with_a_float_is_refused():
    matter = a_matter(Part(an_organ()))
    with acting(), pytest.raises(DatabaseError, match="record_values_object"), transaction.atomic():
        append(matter, values={"ratio": 0.5})


def is_canonical(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_canonical_object(%s::jsonb)", [text])
        return cursor.fetchone()[0]

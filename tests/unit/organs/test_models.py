"""Rows show themselves by what people call them."""

import pytest
from tests.builders import NOW, a_region, a_tenure, an_official, an_organ, morning

from fuyuantong.organs.models import Cover, DirectoryChange, OrganName, OrganRelation, Scope, Succession
from fuyuantong.organs.staffing import cover
from fuyuantong.organs.succession import merge_organs

pytestmark = pytest.mark.django_db


def test_regions_organs_names_and_posts_show_code_or_name():
    organ = an_organ("410825-court", short="县法院")
    tenure = a_tenure(organ)

    assert str(a_region("410825")) == "410825 温县"
    assert (str(organ), str(OrganName.objects.get(organ=organ))) == ("410825-court", "县法院")
    assert str(tenure.post) == "handler"
    assert str(tenure.account).startswith("经办人")


def test_rows_between_others_show_both_ends():
    upper, ending, into = an_organ(), an_organ(), an_organ()
    lower, tenure, colleague = an_organ(under=upper), a_tenure(ending), an_official(ending)
    cover(tenure, to_account=colleague, since=NOW, until=morning(NOW.date().replace(day=30)), by=None, now=NOW)
    merge_organs([ending], into=into, effective_on=NOW.date().replace(month=12), by=None, now=NOW)

    assert str(OrganRelation.objects.get()) == f"{upper.pk} superior_of {lower.pk}"
    assert str(Succession.objects.get()) == f"{ending.pk} → {into.pk}"
    assert str(tenure) == f"{tenure.account_id} @ {tenure.post_id}"
    assert str(Cover.objects.get()) == f"{colleague.pk} for tenure {tenure.pk}"


def test_changes_and_scopes_show_their_kind():
    organ = an_organ()

    assert str(DirectoryChange.objects.order_by("version").last()).endswith("organ-founded")
    assert str(Scope.objects.get(kind="tree")) == f"tree {organ.pk}"

"""Accounts get rights by tenure alone, for a time, and by cover within the organ."""

from datetime import date, datetime, timedelta

import pytest
from tests.builders import LONG_AGO, NOW, a_tenure, an_account, an_office, an_official, an_organ, morning

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.organs.models import DirectoryChange, Post, Scope
from fuyuantong.organs.naming import BadName
from fuyuantong.organs.queries import directory_version, posts_held
from fuyuantong.organs.services import OrganNotLiving
from fuyuantong.organs.staffing import (
    AdministratorsApart,
    BadAccount,
    BadPost,
    BadTenure,
    appoint,
    close_account,
    cover,
    end_cover,
    end_tenure,
    hand_over,
    open_account,
    open_post,
    start_of,
)
from fuyuantong.organs.succession import merge_organs
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db

NEXT_WEEK = NOW + timedelta(days=7)
NEXT_MONTH = NOW + timedelta(days=30)


def post_of(organ, kind=PostKind.HANDLER):
    return open_post(organ, kind=kind, title="岗位", by=None, now=NOW)


def kinds_held(account, at=NOW):
    return [post.kind for post in posts_held(account, at=at)]


def test_a_new_account_has_no_password_and_no_post():
    account = open_account("justice.handler", display_name="县司法局经办人甲", by=None, now=NOW)

    assert not account.has_usable_password()
    assert posts_held(account, at=NOW) == []


@pytest.mark.parametrize("username", ["", "Justice", "a b", "a..b", ".a", "县", "a" * 61, "a\n"])
def test_a_user_name_has_a_form(username):
    with pytest.raises(BadAccount) as refused:
        open_account(username, display_name="经办人甲", by=None, now=NOW)

    assert refused.value.field == "username"


def test_a_user_name_is_given_once():
    an_account("justice.handler")

    with pytest.raises(BadAccount, match="已被使用"):
        an_account("justice.handler")


def test_a_display_name_must_be_printable():
    with pytest.raises(BadName):
        open_account("justice.handler", display_name="", by=None, now=NOW)


def test_a_closed_account_holds_nothing_and_gets_nothing():
    organ = an_organ()
    account = an_official(organ)
    close_account(account, by=None, now=NOW)

    assert posts_held(account, at=NOW) == []
    with pytest.raises(BadAccount, match="停用"):
        appoint(account, post=post_of(organ), since=NOW, until=None, by=None, now=NOW)
    with pytest.raises(BadAccount, match="停用"):
        cover(a_tenure(organ), to_account=account, since=NOW, until=NEXT_WEEK, by=None, now=NOW)


def test_an_account_is_closed_once():
    account = an_account()
    close_account(account, by=None, now=NOW)

    with pytest.raises(BadAccount):
        close_account(account, by=None, now=NOW)


def test_opening_a_post_twice_gives_the_same_post():
    organ = an_organ()
    first = post_of(organ)
    before = directory_version()

    assert post_of(organ) == first
    assert directory_version() == before


def test_an_unknown_kind_of_post_is_refused():
    with pytest.raises(BadPost) as refused:
        open_post(an_organ(), kind="minister", title="部长", by=None, now=NOW)

    assert refused.value.field == "post_kind"


def test_only_an_office_has_posts_of_an_office():
    organ = an_organ()
    office = an_office(serving=organ)

    assert post_of(office, PostKind.OFFICE).kind == "office"
    with pytest.raises(BadPost, match="领导小组办公室"):
        post_of(organ, PostKind.OFFICE)


def test_the_first_auditor_of_a_region_brings_its_audit_scope():
    organ = an_organ()
    post_of(organ, PostKind.AUDITOR)
    post_of(an_organ(), PostKind.AUDITOR)

    assert Scope.objects.get(kind="audit").region_code == "410825"


def test_an_ended_organ_opens_no_post():
    organ = an_organ()
    merge_organs([organ], into=an_organ(), effective_on=date(2026, 1, 1), by=None, now=NOW)

    with pytest.raises(OrganNotLiving):
        post_of(organ)
    assert not Post.objects.filter(organ=organ).exists()


def test_a_tenure_runs_from_its_first_moment_to_before_its_last():
    account = an_account()
    appoint(account, post=post_of(an_organ()), since=NOW, until=NEXT_WEEK, by=None, now=NOW)

    assert kinds_held(account, NOW - timedelta(microseconds=1)) == []
    assert kinds_held(account, NOW) == ["handler"]
    assert kinds_held(account, NEXT_WEEK) == []


def test_an_appointment_is_in_the_log():
    clerk, account = an_account(), an_account("justice.handler")
    appoint(account, post=post_of(an_organ()), since=NOW, until=None, by=clerk, now=NOW)

    change = DirectoryChange.objects.get(version=directory_version())
    assert (change.kind, change.by, change.detail["account"]) == ("appointed", clerk, "justice.handler")


def test_a_tenure_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadTenure) as refused:
        appoint(an_account(), post=post_of(an_organ()), since=NOW, until=NOW, by=None, now=NOW)

    assert refused.value.field == "until"


def test_a_post_is_held_once_at_a_time():
    organ = an_organ()
    account, post = an_account(), post_of(organ)
    appoint(account, post=post, since=NOW, until=NEXT_WEEK, by=None, now=NOW)

    with pytest.raises(BadTenure, match="已任"):
        appoint(account, post=post, since=NOW + timedelta(days=6), until=None, by=None, now=NOW)
    appoint(account, post=post, since=NEXT_WEEK, until=None, by=None, now=NOW)


@pytest.mark.parametrize("until", [None, NEXT_MONTH, datetime(2026, 12, 1, tzinfo=SHANGHAI)])
def test_a_tenure_ends_with_its_organ(until):
    organ, account = an_organ(), an_account()
    merge_organs([organ], into=an_organ(), effective_on=date(2026, 12, 1), by=None, now=NOW)
    appoint(account, post=post_of(organ), since=NOW, until=until, by=None, now=NOW)

    assert kinds_held(account, datetime(2026, 11, 30, 23, 59, tzinfo=SHANGHAI)) == ["handler"]
    assert kinds_held(account, datetime(2026, 12, 1, tzinfo=SHANGHAI)) == []


def test_nobody_is_appointed_in_an_organ_that_has_ended():
    organ = an_organ()
    post = post_of(organ)
    merge_organs([organ], into=an_organ(), effective_on=date(2026, 12, 1), by=None, now=NOW)

    with pytest.raises(OrganNotLiving):
        appoint(an_account(), post=post, since=NEXT_MONTH, until=None, by=None, now=NOW)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PostKind.SYSTEM_ADMINISTRATOR, PostKind.SECURITY_ADMINISTRATOR),
        (PostKind.SECURITY_ADMINISTRATOR, PostKind.AUDITOR),
        (PostKind.AUDITOR, PostKind.SYSTEM_ADMINISTRATOR),
    ],
)
def test_an_account_is_never_two_of_the_three_administrators(first, second):
    organ = an_organ()
    tenure = a_tenure(organ, kind=first)
    end_tenure(tenure, at=NOW, by=None, now=NOW)

    with pytest.raises(AdministratorsApart):
        a_tenure(organ, kind=second, account=tenure.account, since=date(2027, 1, 1))


def test_an_administrator_may_return_to_the_same_office():
    organ = an_organ()
    tenure = a_tenure(organ, kind=PostKind.AUDITOR)
    end_tenure(tenure, at=NOW, by=None, now=NOW)
    a_tenure(organ, kind=PostKind.AUDITOR, account=tenure.account, since=date(2027, 1, 1))

    assert kinds_held(tenure.account, morning(date(2027, 1, 2))) == ["auditor"]


def test_a_tenure_ends_now_or_later():
    tenure = a_tenure(an_organ())
    end_tenure(tenure, at=NEXT_WEEK, by=None, now=NOW)

    assert kinds_held(tenure.account, NEXT_WEEK - timedelta(seconds=1)) == ["handler"]
    assert kinds_held(tenure.account, NEXT_WEEK) == []


def test_a_tenure_does_not_end_in_the_past():
    with pytest.raises(BadTenure, match="追溯"):
        end_tenure(a_tenure(an_organ()), at=NOW - timedelta(days=1), by=None, now=NOW)


@pytest.mark.parametrize("at", [NOW, NEXT_WEEK, NEXT_MONTH])
def test_a_tenure_ends_within_itself(at):
    organ = an_organ()
    tenure = appoint(an_account(), post=post_of(organ), since=NOW, until=NEXT_WEEK, by=None, now=NOW)

    with pytest.raises(BadTenure) as refused:
        end_tenure(tenure, at=at, by=None, now=NOW)

    assert refused.value.field == "at"


def test_a_post_is_handed_over_without_a_gap():
    tenure, successor = a_tenure(an_organ()), an_account()
    hand_over(tenure, to_account=successor, at=NEXT_WEEK, by=None, now=NOW)

    assert kinds_held(tenure.account, NEXT_WEEK) == []
    assert kinds_held(successor, NEXT_WEEK) == ["handler"]


def test_a_handover_that_fails_leaves_the_tenure_running():
    tenure, closed = a_tenure(an_organ()), an_account()
    close_account(closed, by=None, now=NOW)

    with pytest.raises(BadAccount):
        hand_over(tenure, to_account=closed, at=NEXT_WEEK, by=None, now=NOW)

    assert kinds_held(tenure.account, NEXT_WEEK) == ["handler"]


def test_who_covers_holds_the_post_in_the_other_one_s_name():
    organ = an_organ()
    tenure, colleague = a_tenure(organ, kind=PostKind.SIGNER), an_official(organ)
    cover(tenure, to_account=colleague, since=NOW, until=NEXT_WEEK, by=None, now=NOW)

    held = posts_held(colleague, at=NOW)
    assert [(post.kind, post.on_behalf_of) for post in held] == [("handler", None), ("signer", tenure.account_id)]
    assert kinds_held(colleague, NEXT_WEEK) == ["handler"]
    assert kinds_held(tenure.account, NOW) == ["signer"]


def test_a_cover_ends_with_the_tenure():
    organ = an_organ()
    tenure, colleague = a_tenure(organ, kind=PostKind.SIGNER), an_official(organ)
    cover(tenure, to_account=colleague, since=NOW, until=NEXT_MONTH, by=None, now=NOW)
    end_tenure(tenure, at=NEXT_WEEK, by=None, now=NOW)

    assert kinds_held(colleague, NEXT_WEEK) == ["handler"]


def test_a_cover_can_end_before_its_time():
    organ = an_organ()
    tenure, colleague = a_tenure(organ, kind=PostKind.SIGNER), an_official(organ)
    covering = cover(tenure, to_account=colleague, since=NOW, until=NEXT_MONTH, by=None, now=NOW)
    end_cover(covering, at=NEXT_WEEK, by=None, now=NOW)

    assert kinds_held(colleague, NEXT_WEEK) == ["handler"]


@pytest.mark.parametrize("at", [NOW - timedelta(days=1), NEXT_MONTH])
def test_a_cover_ends_within_itself_and_not_in_the_past(at):
    organ = an_organ()
    tenure, colleague = a_tenure(organ), an_official(organ)
    covering = cover(tenure, to_account=colleague, since=NOW, until=NEXT_WEEK, by=None, now=NOW)

    with pytest.raises(BadTenure):
        end_cover(covering, at=at, by=None, now=NOW)


def test_administrators_are_not_covered():
    organ = an_organ()

    with pytest.raises(BadTenure, match="管理员"):
        cover(
            a_tenure(organ, kind=PostKind.AUDITOR),
            to_account=an_official(organ),
            since=NOW,
            until=NEXT_WEEK,
            by=None,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("since", "until"), [(NOW, NOW), (morning(date(2020, 1, 1)), NEXT_WEEK), (NOW, morning(date(2027, 6, 1)))]
)
def test_a_cover_lies_within_the_tenure(since, until):
    organ = an_organ()
    tenure = a_tenure(organ, until=date(2027, 1, 1))

    with pytest.raises(BadTenure) as refused:
        cover(tenure, to_account=an_official(organ), since=since, until=until, by=None, now=NOW)

    assert refused.value.field == "until"


def test_nobody_covers_for_themselves():
    tenure = a_tenure(an_organ())

    with pytest.raises(BadTenure, match="本人"):
        cover(tenure, to_account=tenure.account, since=NOW, until=NEXT_WEEK, by=None, now=NOW)


def test_only_colleagues_of_the_organ_cover():
    with pytest.raises(BadTenure, match="本单位"):
        cover(a_tenure(an_organ()), to_account=an_official(an_organ()), since=NOW, until=NEXT_WEEK, by=None, now=NOW)


def test_a_tenure_is_covered_once_at_a_time():
    organ = an_organ()
    tenure = a_tenure(organ)
    cover(tenure, to_account=an_official(organ), since=NOW, until=NEXT_WEEK, by=None, now=NOW)

    with pytest.raises(BadTenure, match="已有代理"):
        cover(tenure, to_account=an_official(organ), since=NOW, until=NEXT_MONTH, by=None, now=NOW)


def test_a_day_begins_in_shanghai():
    assert start_of(LONG_AGO).isoformat() == "2021-01-01T00:00:00+08:00"

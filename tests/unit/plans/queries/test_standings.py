"""How due items stand, by the matters that really happened."""

from datetime import date, timedelta

import pytest
from tests.builders import NOW, an_organ
from tests.builders_plans import a_plan, an_obligation, an_office_holder
from tests.matter_rows import Part, a_matter, append

from fuyuantong.matters.models.clock import Clock, ClockState
from fuyuantong.matters.models.matter import Phase, Provenance
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.session import acting
from fuyuantong.matters.training import TRAINING
from fuyuantong.organs.succession import merge_organs
from fuyuantong.plans.evidence import Query, Source, Whose, Window
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import Responsible
from fuyuantong.plans.models.progress import EvidenceRule, ProgressNote
from fuyuantong.plans.queries.counting import matters_counted
from fuyuantong.plans.queries.standings import demand_of, standings
from fuyuantong.plans.services.due_items import create_due_items

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SIGNED = Query(source=Source.MATTERS, mechanism="countersignature")


@pytest.fixture
def court():
    return an_organ("410825-court", branch="court")


def owed(organ, query=SIGNED, *, since=date(2026, 10, 1)):
    """Return the due item of this quarter, measured by a query."""
    obligation = an_obligation(a_plan(since=since), organ, dues=({"period": "quarter"},), since=since)
    EvidenceRule.objects.create(obligation=obligation, query=query.as_data(), set_at=NOW)
    create_due_items(now=NOW)
    return obligation.due_items.last()


def signed(organ, *, role="signer", state="signed", **told):
    """Return a closed countersignature in which an organ had a part."""
    return a_matter(Part(organ, role), mechanism="countersignature", state=state, phase=Phase.CLOSED, **told)


def found(item):
    """Return how many were counted."""
    (standing,) = standings(DueItem.objects.filter(pk=item.pk), now=NOW)
    return standing.judgment.why.partition(" 件")[0].removeprefix("“会签”")


def test_a_matter_that_the_organ_had_a_part_in_counts(court):
    item = owed(court)
    signed(court)
    signed(an_organ())

    assert found(item) == "1"


def test_what_was_done_late_for_a_fixed_date_beside_a_recurrence_counts(court):
    since = date(2026, 10, 1)
    dues = ({"type": "date", "on": since}, {"period": "quarter"})
    obligation = an_obligation(a_plan(since=since), court, dues=dues, since=since)
    EvidenceRule.objects.create(obligation=obligation, query=SIGNED.as_data(), set_at=NOW)
    create_due_items(now=NOW)
    signed(court)

    assert found(obligation.due_items.get(period="on:2026-10-01")).startswith("1")


@pytest.mark.parametrize("role", ["copied", "inner"])
def test_who_only_got_a_copy_or_drafted_did_not_do_it(court, role):
    item = owed(court)
    signed(court, role=role)

    assert found(item) == "0"


def test_another_mechanism_ending_or_time_does_not_count(court):
    item = owed(court)
    signed(court, state="objected")
    a_matter(Part(court, "signer"), mechanism="invitation", state="accepted", phase=Phase.CLOSED)
    signed(court, closed_at=NOW - timedelta(days=60))
    signed(court, provenance=Provenance.TRAINING)

    assert found(item) == "0"


def test_drills_count_in_a_training_county(court):
    item = owed(court)
    signed(court, provenance=Provenance.TRAINING)
    with acting():
        PlaceSetting.objects.create(
            region_code="410825", key=TRAINING, value={}, basis="演练", valid_from=TODAY, set_by="", set_at=NOW
        )

    assert found(item) == "1"


def test_the_part_may_be_named(court):
    item = owed(court, Query(source=Source.MATTERS, mechanism="countersignature", role="author"))
    signed(court)
    signed(court, role="author")

    assert found(item) == "1"


def test_a_value_may_be_named(court):
    item = owed(court, Query(source=Source.MATTERS, mechanism="countersignature", field="series", value="会签"))
    signed(court, values={"series": "会签"})
    signed(court, values={"series": "别的"})

    assert found(item) == "1"


def test_what_any_unit_of_the_obligation_did_may_count_for_who_leads(court):
    item = owed(court, Query(source=Source.MATTERS, mechanism="countersignature", whose=Whose.UNITS))
    other = an_organ()
    Responsible.objects.create(obligation=item.obligation, place=9, raw="配合单位", part="joint", organ=other)
    signed(other)
    signed(an_organ())

    assert found(item) == "1"


def test_everyones_matters_in_the_region_may_count(court):
    item = owed(court, Query(source=Source.MATTERS, mechanism="countersignature", whose=Whose.REGION))
    signed(an_organ())
    signed(an_organ(), region_code="410826")

    assert found(item) == "1"


def test_since_the_plan_means_also_before_this_period(court):
    item = owed(court, Query(source=Source.MATTERS, mechanism="countersignature", window=Window.SINCE))
    type(item.obligation).objects.filter(pk=item.obligation_id).update(since=date(2026, 1, 1))
    signed(court, closed_at=NOW - timedelta(days=60))

    assert found(item) == "1"


def test_what_falls_due_once_is_done_also_when_it_is_done_late(court):
    obligation = an_obligation(a_plan(), court, dues=({"on": date(2026, 4, 30)},), since=date(2026, 1, 1))
    EvidenceRule.objects.create(obligation=obligation, query=SIGNED.as_data(), set_at=NOW)
    create_due_items(now=NOW)
    signed(court)

    assert found(obligation.due_items.get()) == "1"


def test_a_state_that_was_reached_counts(court):
    item = owed(court, Query(source=Source.MATTERS, mechanism="countersignature", at=("reading",)))
    matter = a_matter(Part(court, "signer"), mechanism="countersignature", state="reading", records=0)
    with acting():
        append(matter, to_state="reading")

    assert found(item) == "1"


def test_what_the_predecessor_did_counts(court):
    old = an_organ("410825-former")
    signed(old)
    merge_organs([old], into=court, effective_on=TODAY, by=None, now=NOW)

    assert found(owed(court)) == "1"


@pytest.mark.parametrize(
    ("due_on", "phase", "why"),
    [
        (TODAY - timedelta(days=1), Phase.OPEN, "到期的“会签”1 件，按期办结 0 件（0%），要求 90%"),
        (TODAY, Phase.OPEN, "没有到期的“会签”"),
        (TODAY - timedelta(days=1), Phase.CLOSED, "到期的“会签”1 件，按期办结 0 件（0%），要求 90%"),
    ],
)
def test_a_share_is_of_those_that_fell_due(court, due_on, phase, why):
    item = owed(court, Query(source=Source.MATTERS, mechanism="countersignature", percent=90))
    matter = a_matter(Part(court, "signer"), mechanism="countersignature", state="signed", phase=phase)
    with acting():
        Clock.objects.create(
            matter=matter,
            name="reply",
            started_on=due_on,
            rule={},
            due_on=due_on,
            calendar_version="",
            state=ClockState.ENDED,
        )

    (standing,) = standings(DueItem.objects.filter(pk=item.pk), now=NOW)
    assert standing.judgment.why.startswith(why)


def test_without_a_rule_evidence_is_shown_by_hand_for_one_item(court):
    obligation = an_obligation(plan := a_plan(), court, dues=({"period": "quarter"},), since=date(2026, 10, 1))
    create_due_items(now=NOW)
    item = obligation.due_items.get()
    ProgressNote.objects.create(
        obligation=obligation,
        due_item=item,
        organ=court,
        kind="evidence",
        text="附件",
        by=an_office_holder(plan),
        at=NOW,
    )

    (standing,) = standings(obligation.due_items.all(), now=NOW)
    assert standing.judgment.why == "已于 2026-11-22 举证，待领导小组办公室确认。"
    assert demand_of(item, standing.rule, today=TODAY) is None


def test_the_matters_that_were_counted_are_listed_by_their_ids(court):
    item = owed(court)
    matter = signed(court)
    (standing,) = standings(DueItem.objects.filter(pk=item.pk), now=NOW)

    assert matters_counted(demand_of(standing.item, standing.rule, today=TODAY)) == [matter.pk]


def test_many_due_items_take_as_many_statements_as_one(court, django_assert_max_num_queries):
    plan = a_plan()
    for _ in range(20):
        obligation = an_obligation(plan, court, dues=({"period": "month"},), since=date(2026, 1, 1))
        EvidenceRule.objects.create(obligation=obligation, query=SIGNED.as_data(), set_at=NOW)
    create_due_items(now=NOW)

    with django_assert_max_num_queries(9):
        assert len(standings(DueItem.objects.all(), now=NOW)) == 220

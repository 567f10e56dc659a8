"""类案: where similar cases grew many within the months that a place looks back, found by one statement for a court."""

from datetime import datetime
from typing import Final

from django.db import connection

from fuyuantong.clock.terms import SHANGHAI, add_months
from fuyuantong.docket.similar import RULES
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.organs.models import Organ

MOST_NAMED: Final = 200
SIMILAR_CASES: Final = "similar-cases"


def grown_many(court: Organ, *, now: datetime) -> int:
    """
    Write down where similar cases of a court have grown many by today and were not told before; shape: how many.

    The court is told of them once, together: a first import may bring dozens.

    Filed are first instances alone; a lost dispute counts once whatever its instances; what went on under another number
    counts not at all.
    """
    on = now.astimezone(SHANGHAI).date()
    place = settings_of(court.region_code)
    rules = [RULES[key] for key in sorted(place.similar_rules(on=on)) if key in RULES]
    months = place.threshold("similar-months", on=on)
    values = {
        "keeper": court.pk,
        "rules": [rule.key for rule in rules],
        "lost": [rule.lost for rule in rules],
        "by_organ": ["organ" in rule.by for rule in rules],
        "by_cause": ["cause" in rule.by for rule in rules],
        "by_act": ["act_kind" in rule.by for rule in rules],
        "losses": sorted(place.losses(on=on)),
        "since": add_months(on, -months),
        "on": on,
        "least": place.threshold("similar-cases", on=on),
        "months": months,
        "most": MOST_NAMED,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, values)
        new = cursor.rowcount
    if new:
        text = f"类案预警：新增 {new} 条，请决定怎样处理"
        Outbox.objects.create(target=SIMILAR_CASES, body={"holder": court.code, "text": text}, created_at=now)
    return new


_GROWN: Final = """
    WITH rule AS (
        SELECT * FROM unnest(%(rules)s::text[], %(lost)s::boolean[], %(by_organ)s::boolean[], %(by_cause)s::boolean[],
            %(by_act)s::boolean[]) AS rule(key, lost, by_organ, by_cause, by_act)
    ), told AS (
        SELECT held.id, held.cause, held.act_kind, sued.organ_id, sued.name,
            coalesce(nullif(held.below_key, ''), held.number_key) AS dispute,
            CASE WHEN held.below_key = '' THEN held.filed_on END AS filed_on,
            CASE WHEN held.outcome = ANY (%(losses)s) THEN held.decided_on END AS lost_on
        FROM court_case AS held JOIN case_defendant AS sued ON sued.case_id = held.id
        WHERE held.keeper_id = %(keeper)s AND held.passed = ''
            AND (held.filed_on BETWEEN %(since)s AND %(on)s OR held.decided_on BETWEEN %(since)s AND %(on)s)
    ), alike AS (
        SELECT rule.key AS rule, told.id, told.dispute,
            CASE WHEN rule.lost THEN told.lost_on ELSE told.filed_on END AS on_day,
            CASE WHEN rule.by_organ THEN told.organ_id END AS organ_id,
            CASE WHEN rule.by_organ AND told.organ_id IS NULL THEN told.name ELSE '' END AS unknown,
            CASE WHEN rule.by_cause THEN told.cause ELSE '' END AS cause,
            CASE WHEN rule.by_act THEN told.act_kind ELSE '' END AS act_kind
        FROM told CROSS JOIN rule
        WHERE CASE WHEN rule.lost THEN told.lost_on ELSE told.filed_on END BETWEEN %(since)s AND %(on)s
            AND NOT (rule.by_cause AND told.cause = '') AND NOT (rule.by_act AND told.act_kind = '')
    ), grown AS (
        SELECT rule, organ_id, unknown AS name, cause, act_kind,
            count(DISTINCT dispute) AS n, min(on_day) AS first_on, max(on_day) AS last_on,
            jsonb_agg(DISTINCT id) AS cases
        FROM alike GROUP BY rule, organ_id, unknown, cause, act_kind HAVING count(DISTINCT dispute) >= %(least)s
    )
    INSERT INTO case_warning (id, keeper_id, rule, organ_id, name, cause, act_kind, year, step, n, months, first_on,
        last_on, cases, found_at, reason)
    SELECT gen_random_uuid(), %(keeper)s, rule, organ_id, name, cause, act_kind,
        extract(year FROM last_on), n / %(least)s, n, %(months)s, first_on, last_on,
        jsonb_path_query_array(cases, '$[last - $most to last]', jsonb_build_object('most', %(most)s - 1)), %(now)s, ''
    FROM grown
    ON CONFLICT DO NOTHING
"""

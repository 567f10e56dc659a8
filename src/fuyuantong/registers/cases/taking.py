"""Taking what was confirmed into the register, by a handful of statements however many rows there are."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from fuyuantong.docket.courts import all_courts
from fuyuantong.docket.outcomes import GONE, WITHDRAWN
from fuyuantong.matters.services.actors import today
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import scopes_above, scopes_above_each
from fuyuantong.registers.cases.judging import NAMED

LOCK: Final = 0x63617365  # one feed at a time is taken: two would judge the same case by the same past


def wait_for_turn() -> None:
    """Wait until no other feed is being taken, until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def is_stale(feed: UUID) -> bool:
    """Tell whether a case of the feed was fed by others since it was looked at."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [feed])
        return cursor.fetchone() is not None


def take_rows(feed: UUID, *, keeper: Organ, account: int, reopen: bool, override: bool, now: datetime) -> int:
    """Write the rows of a feed that have no fault into the register; return how many cases are new or changed."""
    values = {"feed": feed, "keeper": keeper.pk, "account": account, "now": now, "reopen": reopen, "override": override}
    values |= {"withdrawn": sorted(WITHDRAWN), "gone": sorted(GONE)}
    courts = {court.code: court.name for court in all_courts()}
    with connection.cursor() as cursor:
        for statement in _BEFORE:
            cursor.execute(statement)
        for statement in _TAKEN:
            cursor.execute(statement, values)
        cursor.execute(_CASES, {**values, "codes": list(courts), "names": list(courts.values())})
        for statement in (*_FORMER, *_BESIDE):
            cursor.execute(statement, values)
        _show(cursor, keeper, on=today(now))
        cursor.execute(_DONE, values)
        cursor.execute("SELECT count(*) FROM taken")
        ((count,),) = cursor.fetchall()
    return int(count)


def _show(cursor: CursorWrapper, keeper: Organ, *, on: date) -> None:
    """Let the cases be seen by whoever sees their keeper, and by whoever sees a defendant."""
    for statement in _KEEPER:
        cursor.execute(statement, {"keeper": keeper.pk, "scopes": scopes_above(keeper, on=on)})
    cursor.execute(_ORGANS)
    organs = Organ.objects.filter(pk__in=[organ_id for (organ_id,) in cursor.fetchall()])
    pairs = scopes_above_each(organs, on=on)
    seen = {"organs": [organ for organ, _ in pairs], "scopes": [scope for _, scope in pairs], "keeper": keeper.pk}
    cursor.execute(_SIGHT, seen)


_STALE: Final = """
    SELECT FROM fed_row LEFT JOIN court_case AS held USING (number_key)
    WHERE feed_id = %s AND verdict <> 'faulty' AND coalesce(held.seq, 0) <> seen_seq LIMIT 1
"""

_BEFORE: Final = (
    "DROP TABLE IF EXISTS taken, named",
    """
    CREATE TEMPORARY TABLE taken (row integer, id bigint, number_key text COLLATE "C", number jsonb, said jsonb,
        before jsonb, seen_seq integer, reopens boolean) ON COMMIT DROP
    """,
    "CREATE TEMPORARY TABLE named (name text PRIMARY KEY, organ_id bigint) ON COMMIT DROP",
)

_TAKEN: Final = (
    # looked up one by one: nobody has told the planner how many rows a feed just brought in has; none is stale
    """
    INSERT INTO taken (row, id, number_key, number, said, before, seen_seq, reopens)
    SELECT row, CASE WHEN seen_seq = 0 THEN nextval('court_case_id_seq') ELSE (
            SELECT id FROM court_case AS held WHERE held.number_key = fed_row.number_key
        ) END, fed_row.number_key, fed_row.number,
        CASE WHEN contradicts THEN said - 'told' ELSE said END, before, seen_seq, reopens
    FROM fed_row WHERE feed_id = %(feed)s AND (verdict = 'new' OR verdict = 'changed') AND (%(reopen)s OR NOT reopens)
        AND (%(override)s OR NOT contradicts)
    """,
    f"""
    INSERT INTO named (name, organ_id)
    WITH asked AS (
        SELECT DISTINCT each.name FROM taken CROSS JOIN jsonb_array_elements_text(said -> 'defendants') AS each(name)
    )
    {NAMED}
    """,
)

_CASES: Final = """
    INSERT INTO court_case AS held (id, keeper_id, number, number_key, is_old, year, court_code, type_word, instance,
        court, cause, act_kind, filed_on, decided_on, effective_on, outcome, disclosed, below_number, below_key, passed,
        passed_number, passed_key, plaintiffs, defendants, third, note, words, sort_on, seq, fed_at)
    SELECT id, %(keeper)s, said ->> 'number', number_key, (number ->> 'is_old')::boolean, (number ->> 'year')::smallint,
        number ->> 'court', number ->> 'type', number ->> 'instance',
        coalesce(said ->> 'court', court.name, number ->> 'court'), each.cause, each.act_kind,
        (said ->> 'filed_on')::date, (said ->> 'decided_on')::date, (said ->> 'effective_on')::date,
        coalesce(said ->> 'outcome', ''), (said ->> 'disclosed')::boolean,
        coalesce(said ->> 'below', ''), coalesce(said ->> 'below_key', ''),
        coalesce(said ->> 'passed', ''), coalesce(said ->> 'passed_to', ''), coalesce(said ->> 'passed_key', ''),
        each.plaintiffs, each.defendants, each.third, each.note,
        lower(concat_ws(E'\\n', said ->> 'number', each.cause, each.act_kind, each.plaintiffs, each.defendants,
            each.third, each.note)),
        coalesce((said ->> 'filed_on')::date, make_date((number ->> 'year')::integer, 1, 1)), seen_seq + 1, %(now)s
    FROM taken
    LEFT JOIN unnest(%(codes)s::text[], %(names)s::text[]) AS court(code, name) ON court.code = number ->> 'court'
    CROSS JOIN LATERAL (
        SELECT coalesce(said ->> 'cause', '') AS cause, coalesce(said ->> 'act_kind', '') AS act_kind,
            coalesce(said ->> 'note', '') AS note,
            translate(replace(coalesce(said ->> 'plaintiffs', ''), '", "', '、'), '[]"', '') AS plaintiffs,
            translate(replace(said ->> 'defendants', '", "', '、'), '[]"', '') AS defendants,
            translate(replace(coalesce(said ->> 'third', ''), '", "', '、'), '[]"', '') AS third
        OFFSET 0
    ) AS each
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, court = excluded.court, cause = excluded.cause,
        act_kind = excluded.act_kind, filed_on = excluded.filed_on, decided_on = excluded.decided_on,
        effective_on = excluded.effective_on, outcome = excluded.outcome, disclosed = excluded.disclosed,
        below_number = excluded.below_number, below_key = excluded.below_key, passed = excluded.passed,
        passed_number = excluded.passed_number, passed_key = excluded.passed_key, plaintiffs = excluded.plaintiffs,
        defendants = excluded.defendants, third = excluded.third, note = excluded.note, words = excluded.words,
        sort_on = excluded.sort_on, seq = excluded.seq, fed_at = excluded.fed_at
"""

_FORMER: Final = tuple(
    f"DELETE FROM {table} USING taken WHERE {table}.case_id = taken.id AND seen_seq > 0"
    for table in ("case_defendant", "hearing", "appearance", "case_sight")
)

_BESIDE: Final = (
    """
    INSERT INTO case_event (case_id, seq, kind, account_id, organ_id, at, said, changes, source, source_digest, source_row)
    SELECT taken.id, seen_seq + 1,
        CASE WHEN seen_seq = 0 THEN 'entered' WHEN reopens THEN 'reopened'
            WHEN said ? 'passed' AND NOT before ? 'passed' THEN said ->> 'passed' ELSE 'corrected' END,
        %(account)s, %(keeper)s, %(now)s, said,
        CASE WHEN seen_seq = 0 THEN '{}' ELSE (
            SELECT jsonb_object_agg(key, jsonb_build_array(before -> key, said -> key))
            FROM jsonb_object_keys(before || said) AS key WHERE before -> key IS DISTINCT FROM said -> key
        ) END,
        feed.file_name, feed.file_digest, taken.row
    FROM taken JOIN case_feed AS feed ON feed.id = %(feed)s
    """,
    """
    INSERT INTO case_defendant (case_id, place, name, organ_id, served_on, answered_on)
    SELECT taken.id, each.place, each.name, named.organ_id,
        (CASE WHEN jsonb_array_length(said -> 'served') = 1 THEN said -> 'served' ->> 0
            ELSE said -> 'served' ->> (each.place - 1)::integer END)::date,
        (CASE WHEN jsonb_array_length(said -> 'answered') = 1 THEN said -> 'answered' ->> 0
            ELSE said -> 'answered' ->> (each.place - 1)::integer END)::date
    FROM taken CROSS JOIN jsonb_array_elements_text(said -> 'defendants') WITH ORDINALITY AS each(name, place)
        JOIN named ON named.name = each.name
    """,
    """
    INSERT INTO hearing (case_id, heard_on)
    SELECT taken.id, each.day::date FROM taken CROSS JOIN jsonb_array_elements_text(said -> 'hearings') AS each(day)
    """,
    # what the matters that name the case must hear: under which number it goes on before how it ended
    """
    INSERT INTO case_demand (case_id, seq, event)
    SELECT taken.id, seen_seq + 1, told.event
    FROM taken CROSS JOIN LATERAL (
        SELECT 1 AS place, said ->> 'passed' AS event
        WHERE said ? 'passed' AND (before -> 'passed', before -> 'passed_key')
            IS DISTINCT FROM (said -> 'passed', said -> 'passed_key')
        UNION ALL
        SELECT 2, CASE WHEN said ->> 'outcome' = ANY (%(withdrawn)s) THEN 'withdrawn'
            WHEN said ->> 'outcome' = ANY (%(gone)s) THEN 'transferred' ELSE 'ended' END
        WHERE said ? 'outcome' AND before -> 'outcome' IS DISTINCT FROM said -> 'outcome'
            AND NOT (said ->> 'outcome' = ANY (%(gone)s) AND said ->> 'passed' IS NOT DISTINCT FROM 'transferred')
    ) AS told ORDER BY told.place
    """,
    # one group of findings is that of the last hearing; one finding in a group is that of every defendant
    """
    INSERT INTO appearance (case_id, heard_on, place, finding)
    SELECT taken.id, (said -> 'hearings' ->> (
            CASE WHEN jsonb_array_length(said -> 'heads') = 1 THEN -1 ELSE head.number - 1 END)::integer)::date,
        place, found.finding
    FROM taken CROSS JOIN jsonb_array_elements(said -> 'heads') WITH ORDINALITY AS head(findings, number)
        CROSS JOIN generate_series(1, jsonb_array_length(said -> 'defendants')) AS place
        CROSS JOIN LATERAL (SELECT CASE WHEN jsonb_array_length(findings) = 1 THEN findings ->> 0
            ELSE findings ->> (place - 1) END AS finding) AS found
    WHERE found.finding IS NOT NULL
    """,
)

_ORGANS: Final = "SELECT organ_id FROM named WHERE organ_id IS NOT NULL"

_KEEPER: Final = (
    "DELETE FROM keeper_sight WHERE keeper_id = %(keeper)s",
    "INSERT INTO keeper_sight (keeper_id, scope_id) SELECT %(keeper)s, unnest(%(scopes)s::bigint[])",
)

# the same organs are sued again and again; what the keeper's scopes see anyway needs no row of its own
_SIGHT: Final = """
    WITH cases AS MATERIALIZED (
        SELECT id, said -> 'defendants' AS names,
            coalesce((said ->> 'filed_on')::date, make_date((number ->> 'year')::integer, 1, 1)) AS sort_on
        FROM taken
    ),
    seen AS (
        SELECT DISTINCT sued.names, above.scope_id
        FROM (SELECT DISTINCT names FROM cases) AS sued CROSS JOIN jsonb_array_elements_text(sued.names) AS each(name)
            JOIN named ON named.name = each.name
            JOIN unnest(%(organs)s::bigint[], %(scopes)s::bigint[]) AS above(organ_id, scope_id)
                ON above.organ_id = named.organ_id
        WHERE above.scope_id NOT IN (SELECT scope_id FROM keeper_sight WHERE keeper_id = %(keeper)s)
    )
    INSERT INTO case_sight (scope_id, sort_on, case_id)
    SELECT scope_id, sort_on, id FROM cases JOIN seen USING (names) ORDER BY 1, 2, 3
"""

_DONE: Final = "DELETE FROM fed_row USING taken WHERE fed_row.feed_id = %(feed)s AND fed_row.row = taken.row"

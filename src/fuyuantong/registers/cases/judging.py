"""What can be wrong with a statement about a case: between its cells, between rows, and against the register."""

from typing import Final


def _any(key: str, wrong: str) -> str:
    """Return the condition that an entry of a list is wrong; a list of one, as most are, is not unrolled."""
    entries = f"after.said -> '{key}'"
    return f"""CASE WHEN coalesce(jsonb_array_length({entries}), 0) <= 1 THEN {wrong.format(f"({entries} -> 0)")}
        ELSE EXISTS (SELECT FROM jsonb_array_elements({entries}) AS each WHERE {wrong.format("each")}) END"""


# the column where it is shown, the words for it and when it is so, in SQL over `raw`, `doubled`, `held` and `after`
_RULES: Final = (
    (
        "number",
        "'与第 ' || doubled.first_row || ' 行案号相同，一个文件中每个案件只写一行'",
        """raw.number_key <> '' AND doubled.first_row < raw.row""",
    ),
    ("number", "'由另一法院登记，只能由该法院更正'", """held.keeper_id <> %(keeper)s"""),
    ("defendants", "'须写明被告'", """after.defendants = 0 AND raw.unread = '[]'"""),
    (
        "served",
        "'有 ' || after.served || ' 个日期，被告有 ' || after.defendants || ' 个；只写一个，或者逐一对应'",
        """after.served NOT IN (1, after.defendants)""",
    ),
    (
        "answered",
        "'有 ' || after.answered || ' 个日期，被告有 ' || after.defendants || ' 个；只写一个，或者逐一对应'",
        """after.answered NOT IN (1, after.defendants)""",
    ),
    ("heads", "'没有开庭日期'", """after.heads > 0 AND after.hearings = 0"""),
    (
        "heads",
        "'写了 ' || after.heads || ' 次开庭，开庭日期有 ' || after.hearings || ' 个'",
        """after.heads > 1 AND after.heads <> after.hearings AND after.hearings > 0""",
    ),
    (
        "heads",
        "'各次开庭所写的出庭情况，应与被告的个数相同，或者只写一个'",
        _any("heads", "jsonb_array_length({}) NOT IN (1, after.defendants)"),
    ),
    ("filed_on", "'立案日期在今天之后'", """after.filed > %(today)s"""),
    ("decided_on", "'结案日期在今天之后'", """after.decided > %(today)s AND after.decided <> '9999'"""),
    ("decided_on", "'结案日期早于立案日期'", """after.decided < after.filed"""),
    ("decided_on", "'有结案方式，须写明结案日期'", """after.said ? 'outcome' AND after.decided = '9999'"""),
    (
        "outcome",
        "'有结案日期，须写明结案方式'",
        """NOT after.said ? 'outcome' AND after.decided <> '9999' AND raw.unread = '[]'""",
    ),
    ("effective_on", "'生效日期早于结案日期'", """after.effective < after.said ->> 'decided_on'"""),
    (
        "served",
        "'送达日期早于立案日期'",
        f"""after.filed <> '' AND {_any("served", "{} #>> '{{}}' < after.filed")}""",
    ),
    (
        "served",
        "'送达日期在今天之后'",
        _any("served", "{} #>> '{{}}' > %(today)s"),
    ),
    ("hearings", "'开庭日期早于立案日期'", """after.said -> 'hearings' ->> 0 < after.filed"""),
    ("below", "'原审案号与本案案号相同'", """after.said ->> 'below_key' = raw.number_key"""),
    ("passed_to", "'去向案号与本案案号相同'", """after.said ->> 'passed_key' = raw.number_key"""),
    ("passed", "'有去向案号，须写明去向'", """after.said ? 'passed_to' AND NOT after.said ? 'passed'"""),
    (
        "passed_to",
        "'须写明去向案号'",
        """after.said ->> 'passed' IN ('joined', 'renumbered') AND NOT after.said ? 'passed_to'""",
    ),
)

_WRONG: Final = ",\n".join(f"CASE WHEN {when} THEN {code} END" for code, (_, _, when) in enumerate(_RULES))
_DETAILS: Final = ",\n".join(f"({code}, '{key}', {words})" for code, (key, words, _) in enumerate(_RULES))

# findings go with their hearings: a row that says hearings anew and nothing of heads moves none of them to another day
_REALIGNED: Final = """
    CASE WHEN event.said ? 'heads' AND jsonb_typeof(raw.content -> 'hearings') = 'array' AND NOT raw.content ? 'heads'
    THEN jsonb_build_object('heads', (
        SELECT jsonb_agg(coalesce(CASE
            WHEN jsonb_array_length(event.said -> 'heads') > 1 THEN event.said -> 'heads' -> (held.place - 1)::integer
            WHEN held.place = jsonb_array_length(event.said -> 'hearings') THEN event.said -> 'heads' -> 0
        END, '[null]') ORDER BY heard.place)
        FROM jsonb_array_elements_text(raw.content -> 'hearings') WITH ORDINALITY AS heard(day, place)
        LEFT JOIN jsonb_array_elements_text(event.said -> 'hearings') WITH ORDINALITY AS held(day, place)
            ON held.day = heard.day
    )) ELSE '{}' END
"""

# the day of an answer that a matter told (`told_answers`: by place) stays where a row leaves that defendant blank
_ANSWERS_KEPT: Final = """
    CASE WHEN event.said ? 'told_answers' AND jsonb_typeof(raw.content -> 'answered') = 'array'
        AND jsonb_array_length(raw.content -> 'answered') > 1
    THEN jsonb_build_object('answered', (
        SELECT jsonb_agg(coalesce(nullif(each.day, 'null'), event.said -> 'told_answers' -> each.place::text, 'null')
            ORDER BY each.place)
        FROM jsonb_array_elements(raw.content -> 'answered') WITH ORDINALITY AS each(day, place)
    )) ELSE '{}' END
"""

# a finding that a matter told (`told`: by day and place) and that the row would change or lose
_CONTRADICTS: Final = """
    coalesce(event.said ? 'told', false) AND EXISTS (
        SELECT FROM jsonb_each_text(event.said -> 'told') AS told(spot, finding)
        LEFT JOIN jsonb_array_elements_text(after.said -> 'hearings') WITH ORDINALITY AS heard(day, place)
            ON heard.day = split_part(told.spot, ' ', 1)
        CROSS JOIN LATERAL (SELECT CASE
            WHEN jsonb_array_length(after.said -> 'heads') > 1 THEN after.said -> 'heads' -> (heard.place - 1)::integer
            WHEN heard.place = jsonb_array_length(after.said -> 'hearings') THEN after.said -> 'heads' -> 0
        END AS found) AS head
        WHERE told.finding IS DISTINCT FROM CASE WHEN jsonb_array_length(head.found) = 1 THEN head.found ->> 0
            ELSE head.found ->> (split_part(told.spot, ' ', 2)::integer - 1) END
    )
"""

LOOK: Final = f"""
    INSERT INTO fed_row
        (feed_id, row, number_key, number, content, unread, said, before, seen_seq, verdict, reopens, contradicts,
        faults)
    SELECT %(feed)s, raw.row, raw.number_key, raw.number, raw.content, raw.unread, after.said,
        CASE WHEN after.said = event.said OR event.said IS NULL THEN '{{}}' ELSE event.said END,
        coalesce(held.seq, 0),
        CASE
            WHEN raw.unread <> '[]' OR judged.faults <> '[]' THEN 'faulty'
            WHEN held.id IS NULL THEN 'new'
            WHEN after.said = event.said THEN 'same'
            ELSE 'changed'
        END,
        event.said IS NOT NULL AND ((event.said ? 'decided_on' AND NOT after.said ? 'decided_on')
            OR (event.said ? 'outcome' AND NOT after.said ? 'outcome')
            OR (event.said ? 'effective_on' AND NOT after.said ? 'effective_on')),
        {_CONTRADICTS},
        raw.unread || judged.faults
    FROM fed_raw AS raw
    LEFT JOIN (
        SELECT number_key, min(row) AS first_row FROM fed_raw GROUP BY number_key HAVING count(*) > 1
    ) AS doubled USING (number_key)
    LEFT JOIN court_case AS held ON held.number_key = raw.number_key
    LEFT JOIN case_event AS event ON event.case_id = held.id AND event.seq = held.seq
    CROSS JOIN LATERAL (
        SELECT merged.said, coalesce(merged.said ->> 'filed_on', '') AS filed,
            coalesce(merged.said ->> 'decided_on', '9999') AS decided,
            coalesce(merged.said ->> 'effective_on', '9999') AS effective,
            coalesce(jsonb_array_length(merged.said -> 'defendants'), 0) AS defendants,
            coalesce(jsonb_array_length(merged.said -> 'served'), 1) AS served,
            coalesce(jsonb_array_length(merged.said -> 'answered'), 1) AS answered,
            coalesce(jsonb_array_length(merged.said -> 'hearings'), 0) AS hearings,
            coalesce(jsonb_array_length(merged.said -> 'heads'), 0) AS heads
        FROM (
            SELECT jsonb_strip_nulls(CASE WHEN event.said IS NULL THEN raw.content
                ELSE event.said || raw.content || {_REALIGNED} || {_ANSWERS_KEPT} END) AS said
            OFFSET 0
        ) AS merged
        OFFSET 0
    ) AS after
    CROSS JOIN LATERAL (SELECT array_remove(ARRAY[{_WRONG}], NULL) AS codes OFFSET 0) AS wrong
    CROSS JOIN LATERAL (
        SELECT CASE WHEN wrong.codes = '{{}}' THEN '[]' ELSE (
            SELECT jsonb_agg(jsonb_build_object('column', fault.key, 'detail', fault.detail) ORDER BY fault.code)
            FROM (VALUES {_DETAILS}) AS fault(code, key, detail) WHERE fault.code = ANY (wrong.codes)
        ) END AS faults
        OFFSET 0
    ) AS judged
"""

# the organ that bears a name: near the court if that leaves one, else in the whole directory
NAMED: Final = """
    SELECT asked.name, CASE
        WHEN count(DISTINCT known.organ_id) FILTER (WHERE near.id IS NOT NULL) = 1 THEN min(near.id)
        WHEN count(DISTINCT known.organ_id) = 1 THEN min(known.organ_id)
    END AS organ_id
    FROM asked
    LEFT JOIN (
        SELECT "full" AS name, organ_id FROM organ_name UNION SELECT short, organ_id FROM organ_name
        UNION SELECT code, id FROM organ
    ) AS known ON known.name = asked.name
    LEFT JOIN organ AS near ON near.id = known.organ_id
        AND left(near.region_code, 6) = (SELECT left(region_code, 6) FROM organ WHERE id = %(keeper)s)
    GROUP BY asked.name
"""

UNMAPPED: Final = f"""
    WITH asked AS (
        SELECT name, count(*) AS times
        FROM fed_row CROSS JOIN jsonb_array_elements_text(said -> 'defendants') AS each(name)
        WHERE feed_id = %(feed)s AND verdict IN ('new', 'changed') GROUP BY name
    )
    SELECT found.name FROM ({NAMED}) AS found JOIN asked USING (name)
    WHERE found.organ_id IS NULL ORDER BY asked.times DESC, name LIMIT %(most)s
"""

"""A county's ledger of a size that shows bad plans, made by the server itself in seconds."""

import json
from dataclasses import dataclass

import psycopg

from fuyuantong.protocol import Final, Mechanism, State
from fuyuantong.protocol.form import to_data
from fuyuantong.protocol.mechanism import Closing

MATTERS = 200_000
ORGANS = 2_000
LARGE, SMALL, OFFICE = 1, 2_000, 2


@dataclass(frozen=True)
class Crowd:
    """The user names of three readers: of ≈ 120,000 matters (with a tree), of ≈ 60, and of all."""

    large: str = "large"
    small: str = "small"
    office: str = "office"


KIND = Mechanism(
    "k",
    "司法建议",
    states=(
        State("drafting", "拟稿", holder="court"),
        State("replying", "待书面答复", holder="bureau"),
        State("assessing", "待评估", holder="court"),
        Final("closed", "办结", kind=Closing.DECIDED),
    ),
)


def fill(connection: psycopg.Connection, *, matters: int = MATTERS) -> Crowd:
    """
    Fill a migrated, empty database as its owner; no trail is chained and no trigger asked.

    Shape: half of the matters are begun by the large organ, one in 3,333 is held by the small one; each is seen by
    three to five scopes, one in ten has a record and a copy. One matter in 1,000 is of a rare mechanism.
    """
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        # built at once they take half the time
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        for statement in _STATEMENTS:
            connection.execute(statement % (_SIZES | {"matters": matters}))
        for _, definition in indexes:
            connection.execute(definition)
    connection.execute("VACUUM (ANALYZE) matter, matter_words, sight, party, record")
    return Crowd()


_SIZES = {
    "matters": MATTERS,
    "organs": ORGANS,
    "large": LARGE,
    "small": SMALL,
    "office": OFFICE,
    "declaration": json.dumps(to_data(KIND), ensure_ascii=False),
}

_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid IN ('matter'::regclass, 'party'::regclass, 'matter_words'::regclass)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""

# The second party of matter i: the small organ now and then, else one of the others in turn.
_OTHER = "CASE WHEN i %% 3333 = 0 THEN %(small)s ELSE 4 + (i * 7919) %% (%(organs)s - 5) END"
_FIRST = "CASE WHEN i %% 2 = 0 THEN %(large)s ELSE 4 + (i * 104729) %% (%(organs)s - 5) END"

_STATEMENTS = (
    # The directory: every organ has its own scope; one tree of a hundred organs; one office of the county.
    """
    INSERT INTO organ (id, uid, code, branch, kind, region_code, node_id, online, valid_from)
    SELECT i, gen_random_uuid(), '410825-organ-' || i, 'government', 'department',
        CASE WHEN i < 10 THEN '410825' ELSE '410825' || lpad((i %% 20)::text, 3, '0') END, 'n1', true, '2020-01-01'
    FROM generate_series(1, %(organs)s) AS i
    """,
    """
    INSERT INTO organ_name (organ_id, "full", short, sort_key, valid)
    SELECT i, '温县第' || i || '单位', '单位' || i, lpad(i::text, 5, '0'), '[2020-01-01,)' FROM generate_series(1, %(organs)s) AS i
    """,
    """
    INSERT INTO scope (id, kind, organ_id, region_code)
    SELECT i, 'organ', i, NULL::text FROM generate_series(1, %(organs)s) AS i
    UNION ALL VALUES (10001, 'tree', 1, NULL::text)
    UNION ALL VALUES (20001, 'office', NULL::int, '410825')
    """,
    """
    INSERT INTO account (id, uid, username, display_name, is_active, password)
    VALUES (1, gen_random_uuid(), 'large', '大', true, ''), (2, gen_random_uuid(), 'small', '小', true, ''),
        (3, gen_random_uuid(), 'office', '办', true, '')
    """,
    """
    INSERT INTO post (id, organ_id, kind, title)
    VALUES (1, %(large)s, 'head', '负责人'), (2, %(small)s, 'handler', '经办人'),
        (3, %(office)s, 'office', '领导小组办公室')
    """,
    """
    INSERT INTO tenure (account_id, post_id, post_kind, valid)
    SELECT id, id, kind, '[2020-01-01,)' FROM post
    """,
    """
    INSERT INTO organ_relation (from_id, relation, to_id, valid)
    SELECT %(office)s, 'office_of', i, '[2020-01-01,)' FROM generate_series(4, 5) AS i
    """,
    # The matters.
    """
    INSERT INTO declaration (digest, key, version, language, body)
    VALUES (decode(repeat('01', 32), 'hex'), 'k', 1, 1, '%(declaration)s')
    """,
    f"""
    INSERT INTO matter (id, uid, mechanism, version, declaration_digest, number, title, state, phase, holder_id,
        initiator_id, custodian_node, epoch, region_code, secrecy, provenance, opened_at, due_on, governing_clock,
        closed_at, closed_kind, seq, head, stay_seq, round, "values", fold)
    SELECT i, gen_random_uuid(), CASE WHEN i %% 1000 = 0 THEN 'rare' ELSE 'kind-' || (i / 2) %% 20 END, 1,
        decode(repeat('01', 32), 'hex'), '温法建〔2026〕' || i || '号',
        '关于规范' || (ARRAY['行政处罚', '工资支付', '土地征收', '市场监管', '环境保护'])[1 + i / 2 %% 5] || '工作的'
            || CASE WHEN i %% 40000 = 0 THEN '紧急' ELSE '' END || '司法建议',
        (ARRAY['drafting', 'replying', 'assessing', 'closed'])[1 + i / 8 %% 4], (i / 8 %% 4 = 3)::int,
        {_OTHER}, {_FIRST}, 'n1', 1, '410825' || lpad((i / 40 %% 20)::text, 3, '0'), 0, 0,
        '2026-01-01'::timestamptz + i * interval '1 minute',
        CASE WHEN i / 8 %% 4 = 3 OR i %% 51 = 0 THEN NULL ELSE date '2026-01-01' + ((i * 31) %% 730)::int END, '',
        CASE WHEN i / 8 %% 4 = 3 THEN now() END, CASE WHEN i / 8 %% 4 = 3 THEN 'decided' ELSE '' END,
        1, decode(repeat('00', 32), 'hex'), 1, 0, '{{}}', '{{}}'
    FROM generate_series(1::bigint, %(matters)s) AS i
    """,
    """
    INSERT INTO matter_words (matter_id, text) SELECT id, words_of(title, number, "values") FROM matter
    """,
    f"""
    CREATE TEMPORARY TABLE part ON COMMIT DROP AS
    SELECT i AS matter_id, {_FIRST} AS organ_id, 'sender' AS role, 1 AS from_seq
    FROM generate_series(1::bigint, %(matters)s) AS i
    UNION ALL
    SELECT i, {_OTHER}, 'receiver', 2 FROM generate_series(1::bigint, %(matters)s) AS i
    UNION ALL
    SELECT i, CASE WHEN i %% 3330 = 0 THEN %(small)s ELSE %(large)s END, 'copied', 2
    FROM generate_series(1::bigint, %(matters)s, 10) AS i
    """,
    """
    INSERT INTO party (matter_id, organ_id, role, since_seq, from_seq)
    SELECT matter_id, organ_id, role, from_seq, from_seq FROM part WHERE role <> 'sender'
    """,
    """
    INSERT INTO sight (scope_id, matter_id, from_seq)
    SELECT scope_id, matter_id, min(from_seq)
    FROM part, LATERAL (
        SELECT organ_id UNION ALL SELECT 20001 UNION ALL SELECT 10001 WHERE organ_id <= 100
    ) AS above(scope_id)
    GROUP BY scope_id, matter_id ORDER BY matter_id, scope_id
    """,
    """
    INSERT INTO record (matter_id, seq, epoch, node_id, kind, move, from_state, to_state, account, post, organ,
        on_behalf_of, effective_on, recorded_at, basis, "values", resolved, files, prev, digest)
    SELECT i, 1, 1, 'n1', 'open', '', '', '', '', '', '', '', '2026-01-01', '2026-01-01', '', '{}', '{}',
        '{}', decode(repeat('00', 32), 'hex'), decode(lpad(to_hex(i), 64, '0'), 'hex')
    FROM generate_series(1::bigint, %(matters)s, 10) AS i
    """,
)

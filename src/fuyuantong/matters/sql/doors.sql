-- The doors in the wall: functions that run as `app_engine`, each for one thing that a policy cannot say.

-- A text condition is not leakproof, so under a policy no index serves it. This one finds by the index first, and by
-- the organs that bear the name, then keeps what the reader's scopes see; NULL when it is too common to be worth it.
-- It goes by the index whatever the planner thinks of its chances: reading row by row it would make the grams of every
-- text anew, which for a common word is slower than anything else on the page.
CREATE FUNCTION text_matches(word text, organs bigint[], most integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    found bigint[];
BEGIN
    SELECT array_agg(id) INTO found FROM (
        (SELECT matter_id AS id FROM matter_words
        WHERE grams(text) @> grams(word) AND position(lower(word) IN lower(text)) > 0
        LIMIT most + 1)
        UNION
        (SELECT matter_id FROM unnest(organs) AS named(organ_id) CROSS JOIN LATERAL (
            SELECT party.matter_id FROM party
            WHERE party.organ_id = named.organ_id AND party.until_seq IS NULL LIMIT most + 1) AS taken
        LIMIT most + 1)
    ) AS candidates;
    IF cardinality(found) > most THEN
        RETURN NULL;
    END IF;
    RETURN ARRAY(
        SELECT candidate FROM unnest(found) AS candidate
        WHERE EXISTS (
            SELECT FROM sight WHERE sight.matter_id = candidate AND sight.until_seq IS NULL
                AND sight.scope_id = ANY (seen_scopes())
        )
    );
END
$$;

-- Exact search over secrets, by blind index alone.
CREATE FUNCTION blind_matches(of_kind text, of_mac bytea) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(
        SELECT blind.matter_id FROM blind
        WHERE blind.kind = of_kind AND blind.mac = of_mac AND EXISTS (
            SELECT FROM sight WHERE sight.matter_id = blind.matter_id AND sight.until_seq IS NULL
                AND sight.scope_id = ANY (content_scopes())
        )
    )
$$;

-- A matter by its global id, also when the reader's part in it has ended: what was shown remains.
CREATE FUNCTION shown_matter(of_uid uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM matter WHERE uid = of_uid AND EXISTS (
        SELECT FROM sight WHERE sight.matter_id = matter.id AND sight.scope_id = ANY (seen_scopes())
    )
$$;

-- The only way to a secret: seen with its contents, for a purpose, and written down before it is given out.
CREATE FUNCTION unmask(of_matter bigint, of_field text, of_row text, for_purpose text)
RETURNS TABLE (salt bytea, cipher bytea, key_id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF own_account() IS NULL OR NOT EXISTS (
        SELECT FROM sight WHERE sight.matter_id = of_matter AND sight.until_seq IS NULL
            AND sight.scope_id = ANY (content_scopes())
    ) THEN
        RETURN;
    END IF;
    INSERT INTO reading_log (at, account_id, matter_id, field, row_key, purpose)
    VALUES (clock_timestamp(), own_account(), of_matter, of_field, of_row, for_purpose);
    RETURN QUERY SELECT secret.salt, secret.cipher, secret.key_id FROM secret
    WHERE secret.matter_id = of_matter AND secret.field = of_field AND secret.row_key = of_row;
END
$$;

-- Definer functions belong to the role that may do least of what they need; to give one away needs CREATE for a moment.
GRANT CREATE ON SCHEMA public TO app_engine;
DO $$
DECLARE
    door regprocedure;
BEGIN
    FOREACH door IN ARRAY ARRAY[
        'text_matches(text, bigint[], integer)', 'blind_matches(text, bytea)', 'shown_matter(uuid)',
        'unmask(bigint, text, text, text)', 'matter_names_last_record()'
    ]::regprocedure[] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', door);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO :app_role', door);
        EXECUTE format('ALTER FUNCTION %s OWNER TO app_engine', door);
    END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA public FROM app_engine;
REVOKE ALL ON FUNCTION reading_log_prepare(integer), fund_entry_counts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reading_log_prepare(integer) TO app_engine;
SELECT reading_log_prepare(24);

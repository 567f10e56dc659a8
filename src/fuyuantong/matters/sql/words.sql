-- What is found by words: title, number and the text of the fields, kept beside each matter by the database itself.

DROP FUNCTION text_matches(text, integer);
DROP INDEX matter_grams;

-- Pairs of neighbouring characters, in one walk over the text.
CREATE OR REPLACE FUNCTION grams(text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    letters text[] := string_to_array(lower(text), NULL);
    found text[] := '{}';
BEGIN
    FOR place IN 1..cardinality(letters) - 1 LOOP
        found := found || (letters[place] || letters[place + 1]);
    END LOOP;
    RETURN found;
END
$$;

-- The lines of a matter. Of its values every text counts but digests and commitments of secrets, codes of organs
-- (they are found by their names) and ids; what is beyond four thousand characters is read on the page, not found.
CREATE FUNCTION words_of(title text, number text, "values" jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(concat_ws(E'\n', title, nullif(number, ''), (
        SELECT string_agg(leaf #>> '{}', E'\n' ORDER BY place)
        FROM jsonb_path_query("values", 'strict $.** ? (@.type() == "string")') WITH ORDINALITY AS found(leaf, place)
        WHERE leaf #>> '{}' !~ '^([0-9a-f]{64}|[0-9a-f-]{36}|[0-9]{6}([0-9]{3})?-[a-z0-9-]+)$'
    )), 4000)
$$;

CREATE FUNCTION matter_keeps_words() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO matter_words (matter_id, text) VALUES (NEW.id, words_of(NEW.title, NEW.number, NEW."values"));
    ELSIF (NEW.title, NEW.number, NEW."values") IS DISTINCT FROM (OLD.title, OLD.number, OLD."values") THEN
        UPDATE matter_words SET text = words_of(NEW.title, NEW.number, NEW."values")
        WHERE matter_id = NEW.id AND text <> words_of(NEW.title, NEW.number, NEW."values");
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER keeps_words AFTER INSERT OR UPDATE OF title, number, "values" ON matter
    FOR EACH ROW EXECUTE FUNCTION matter_keeps_words();

REVOKE ALL ON matter_words FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT ON matter_words TO app_engine;
GRANT UPDATE (text) ON matter_words TO app_engine;
GRANT SELECT ON matter_words TO :app_role;
ALTER TABLE matter_words ENABLE ROW LEVEL SECURITY;
-- not forced yet: the owner fills it once
CREATE POLICY acting ON matter_words TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY seen ON matter_words FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM sight WHERE sight.matter_id = matter_words.matter_id AND sight.until_seq IS NULL
        OFFSET 0));

SET LOCAL ROLE app_engine;
INSERT INTO matter_words (matter_id, text) SELECT id, words_of(title, number, "values") FROM matter;
RESET ROLE;
ALTER TABLE matter_words FORCE ROW LEVEL SECURITY;
CREATE INDEX matter_words_grams ON matter_words USING gin (grams(text));

-- A text condition is not leakproof, so under a policy no index serves it. This one finds by the index first, and by
-- the organs that bear the name, then keeps what the reader's scopes see; NULL when it is too common to be worth it.
CREATE FUNCTION text_matches(word text, organs bigint[], most integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
REVOKE ALL ON FUNCTION text_matches(text, bigint[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION text_matches(text, bigint[], integer) TO :app_role;
GRANT CREATE ON SCHEMA public TO app_engine;
ALTER FUNCTION text_matches(text, bigint[], integer) OWNER TO app_engine;
REVOKE CREATE ON SCHEMA public FROM app_engine;

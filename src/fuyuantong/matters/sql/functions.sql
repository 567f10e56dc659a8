-- What columns and constraints of the tables need before the tables exist.

CREATE SEQUENCE slip_author_seq;

-- Canonical form as `seal.canonical` defines it: jsonb refuses NUL by itself; 1.0 and 2^53 it would keep.
CREATE FUNCTION is_canonical_object(value jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_typeof(value) = 'object' AND NOT EXISTS (
        SELECT FROM jsonb_path_query(value, 'strict $.** ? (@.type() == "number")') AS found(number)
        WHERE scale(number::numeric) > 0 OR abs(number::numeric) > 9007199254740991
    )
$$;
CREATE FUNCTION is_canonical_object(value json) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT is_canonical_object(value::jsonb) $$;

-- Pairs of neighbouring characters, in one walk over the text: Chinese words have two, which trigrams cannot find.
CREATE FUNCTION grams(text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
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

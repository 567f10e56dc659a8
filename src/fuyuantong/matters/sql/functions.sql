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

-- Pairs of neighbouring characters: Chinese words have two, which trigrams cannot find.
CREATE FUNCTION grams(text text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(folded, place, 2)), '{}')
    FROM lower(text) AS folded, generate_series(1, length(folded) - 1) AS place
$$;

-- The search goes by the index whatever the planner thinks of its chances: reading row by row it would make the grams
-- of every text anew, which for a common word is slower than anything else on the page.

ALTER FUNCTION grams(text) COST 10000;
SET LOCAL ROLE app_engine;
ALTER FUNCTION text_matches(text, bigint[], integer) SET enable_seqscan = off;
RESET ROLE;

-- The words are made once for an act that may change them.
CREATE OR REPLACE FUNCTION matter_keeps_words() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    words text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO matter_words (matter_id, text) VALUES (NEW.id, words_of(NEW.title, NEW.number, NEW."values"));
    ELSIF (NEW.title, NEW.number, NEW."values") IS DISTINCT FROM (OLD.title, OLD.number, OLD."values") THEN
        words := words_of(NEW.title, NEW.number, NEW."values");
        UPDATE matter_words SET text = words WHERE matter_id = NEW.id AND text <> words;
    END IF;
    RETURN NULL;
END
$$;

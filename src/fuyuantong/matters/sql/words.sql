-- What is found by words: title, number and the text of the fields, kept beside each matter by the database itself.

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

-- The words are made once for an act that may change them.
CREATE FUNCTION matter_keeps_words() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
CREATE TRIGGER keeps_words AFTER INSERT OR UPDATE OF title, number, "values" ON matter
    FOR EACH ROW EXECUTE FUNCTION matter_keeps_words();

REVOKE ALL ON matter_words FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT ON matter_words TO app_engine;
GRANT UPDATE (text) ON matter_words TO app_engine;
GRANT SELECT ON matter_words TO :app_role;
ALTER TABLE matter_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE matter_words FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON matter_words TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY seen ON matter_words FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM sight WHERE sight.matter_id = matter_words.matter_id AND sight.until_seq IS NULL
        OFFSET 0));
CREATE INDEX matter_words_grams ON matter_words USING gin (grams(text));

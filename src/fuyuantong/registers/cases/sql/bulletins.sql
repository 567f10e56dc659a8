-- Bulletins are sent, and published figures entered, once: nobody changes them.

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['appearance_bulletin', 'bulletin_sight', 'published_figure'] LOOP
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, :app_role, app_engine', kept);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO app_engine', kept);
        EXECUTE format('GRANT SELECT ON %I TO :app_role', kept);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('CREATE POLICY acting ON %I TO app_engine USING (true) WITH CHECK (true)', kept);
    END LOOP;
    FOREACH kept IN ARRAY ARRAY['appearance_bulletin', 'published_figure'] LOOP
        EXECUTE format(
            'CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept
        );
        EXECUTE format(
            'CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept
        );
    END LOOP;
END
$$;

-- A bulletin is seen by the organs of which it tells and by whoever sees the court's cases; a year's is for all.
CREATE POLICY seen ON bulletin_sight FOR SELECT TO :app_role USING (scope_id = ANY (seen_scopes()));
CREATE POLICY sent ON appearance_bulletin FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM bulletin_sight WHERE bulletin_sight.bulletin_id = appearance_bulletin.id OFFSET 0));
CREATE POLICY published ON appearance_bulletin FOR SELECT TO :app_role
    USING (quarter = 0 AND cardinality(own_organs()) > 0);
CREATE POLICY kept ON published_figure FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM keeper_sight WHERE keeper_sight.keeper_id = published_figure.keeper_id OFFSET 0));

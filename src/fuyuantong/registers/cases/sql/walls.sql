-- Who writes and who sees cases: as for matters (matters/sql/walls.sql), by scopes. Events are kept for good.

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'court_case', 'case_defendant', 'hearing', 'appearance', 'case_event', 'keeper_sight', 'case_sight', 'case_feed',
        'fed_row'
    ] LOOP
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, :app_role, app_engine', kept);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO app_engine', kept);
        EXECUTE format('GRANT SELECT ON %I TO :app_role', kept);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('CREATE POLICY acting ON %I TO app_engine USING (true) WITH CHECK (true)', kept);
    END LOOP;
END
$$;

GRANT UPDATE ON court_case, case_feed TO app_engine;
GRANT DELETE ON case_defendant, hearing, appearance, keeper_sight, case_sight, case_feed, fed_row TO app_engine;

CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON case_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON case_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON court_case FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Seen through its keeper, or through a defendant. OFFSET 0 keeps the probe a probe, as for matters.
CREATE POLICY seen ON keeper_sight FOR SELECT TO :app_role USING (scope_id = ANY (seen_scopes()));
CREATE POLICY seen ON case_sight FOR SELECT TO :app_role USING (scope_id = ANY (seen_scopes()));
CREATE POLICY kept ON court_case FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM keeper_sight WHERE keeper_sight.keeper_id = court_case.keeper_id OFFSET 0));
CREATE POLICY seen ON court_case FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM case_sight WHERE case_sight.case_id = court_case.id AND case_sight.sort_on = court_case.sort_on
        OFFSET 0));
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['case_defendant', 'hearing', 'appearance', 'case_event'] LOOP
        EXECUTE format(
            'CREATE POLICY seen ON %1$I FOR SELECT TO :app_role USING (EXISTS ('
            'SELECT FROM court_case WHERE court_case.id = %1$I.case_id OFFSET 0))', kept
        );
    END LOOP;
END
$$;

-- A file on its way in is its court's alone.
CREATE POLICY own ON case_feed FOR SELECT TO :app_role USING (organ_id = ANY (own_organs()));
CREATE POLICY own ON fed_row FOR SELECT TO :app_role
    USING (EXISTS (SELECT FROM case_feed WHERE case_feed.id = fed_row.feed_id OFFSET 0));

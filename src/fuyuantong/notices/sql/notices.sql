-- What was told is each person's own; what is sent outward is the engine's alone; wishes are their owner's.

REVOKE ALL ON told, notice_wish, dispatch FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT, UPDATE (read_at) ON told TO app_engine;
GRANT SELECT, INSERT, UPDATE ON notice_wish, dispatch TO app_engine;
GRANT SELECT ON told, notice_wish TO :app_role;
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['told', 'notice_wish', 'dispatch'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('CREATE POLICY acting ON %I TO app_engine USING (true) WITH CHECK (true)', kept);
    END LOOP;
END
$$;
CREATE POLICY own ON told FOR SELECT TO :app_role USING (account_id = own_account());
CREATE POLICY own ON notice_wish FOR SELECT TO :app_role USING (account_id = own_account());

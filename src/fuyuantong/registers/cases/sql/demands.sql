-- What matters must still hear of cases is the engine's alone.

REVOKE ALL ON case_demand FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT, DELETE ON case_demand TO app_engine;
ALTER TABLE case_demand ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_demand FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON case_demand TO app_engine USING (true) WITH CHECK (true);

-- What the engine has followed is the engine's alone.

REVOKE ALL ON followed FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT, UPDATE ON followed TO app_engine;
ALTER TABLE followed ENABLE ROW LEVEL SECURITY;
ALTER TABLE followed FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON followed TO app_engine USING (true) WITH CHECK (true);

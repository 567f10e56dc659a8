-- What is begun for hearings is seen with the case; how far the register has listened to matters is the engine's alone.

REVOKE ALL ON hearing_notice, matter_heard FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT ON hearing_notice TO app_engine;
GRANT SELECT, INSERT, UPDATE ON matter_heard TO app_engine;
GRANT SELECT ON hearing_notice TO :app_role;
ALTER TABLE hearing_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE hearing_notice FORCE ROW LEVEL SECURITY;
ALTER TABLE matter_heard ENABLE ROW LEVEL SECURITY;
ALTER TABLE matter_heard FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON hearing_notice TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY acting ON matter_heard TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY seen ON hearing_notice FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM court_case WHERE court_case.id = hearing_notice.case_id OFFSET 0));

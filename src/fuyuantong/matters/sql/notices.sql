-- Notices are read by the organ they are for; settings of a place by everyone.

REVOKE ALL ON notice, place_setting FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT ON notice, place_setting TO app_engine;
-- that the people of an organ were told is noted on the notice; all else of it stays as it was
GRANT UPDATE (addressed_at) ON notice TO app_engine;
GRANT SELECT ON notice, place_setting TO :app_role;
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON notice TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY own ON notice FOR SELECT TO :app_role USING (organ_id = ANY (own_organs()));
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON place_setting FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON place_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A bulletin is sent round: every organ reads it, nobody changes it.

REVOKE ALL ON appearance_bulletin FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT ON appearance_bulletin TO app_engine;
GRANT SELECT ON appearance_bulletin TO :app_role;
ALTER TABLE appearance_bulletin ENABLE ROW LEVEL SECURITY;
ALTER TABLE appearance_bulletin FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON appearance_bulletin TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY sent_round ON appearance_bulletin FOR SELECT TO :app_role USING (cardinality(own_organs()) > 0);
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON appearance_bulletin
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON appearance_bulletin
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

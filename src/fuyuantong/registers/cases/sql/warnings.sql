-- Warnings of similar cases: the court's own. What was found stays; a decision is written beside it, once.

REVOKE ALL ON case_warning FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT ON case_warning TO app_engine;
GRANT UPDATE (decided_at, account_id, matter, reason) ON case_warning TO app_engine;
GRANT SELECT ON case_warning TO :app_role;
ALTER TABLE case_warning ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_warning FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON case_warning TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY own ON case_warning FOR SELECT TO :app_role USING (keeper_id = ANY (own_organs()));
CREATE TRIGGER no_delete BEFORE DELETE ON case_warning FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON case_warning FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decided_once BEFORE UPDATE ON case_warning
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_change();

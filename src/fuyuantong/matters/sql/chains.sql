-- What was set is kept: who looks back must know by which procedure an act was signed.

REVOKE ALL ON approval_chain FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT ON approval_chain TO app_engine;
GRANT SELECT ON approval_chain TO :app_role;
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON approval_chain FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON approval_chain FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What has been done stays written, whoever asks; `refuse_change` is the directory's.
CREATE TRIGGER security_event_rows BEFORE UPDATE OR DELETE ON security_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_event_table BEFORE TRUNCATE ON security_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER factor_rule_rows BEFORE UPDATE OR DELETE ON factor_rule
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER factor_rule_table BEFORE TRUNCATE ON factor_rule
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE ALL ON security_event, factor_rule, password_standing, sign_in_guard FROM PUBLIC, :app_role;
GRANT SELECT, INSERT ON security_event, factor_rule TO :app_role;
GRANT SELECT, INSERT, UPDATE ON password_standing TO :app_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_guard TO :app_role;

-- What all web processes must know at once and may forget: which one-time codes were used (settings.CACHES).
CREATE TABLE shared_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON shared_cache TO :app_role;

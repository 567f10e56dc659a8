-- An address that is revoked is gone: what became of it stands in the security log.
REVOKE ALL ON calendar_feed FROM PUBLIC, :app_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_feed TO :app_role;

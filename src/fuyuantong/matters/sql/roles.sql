-- Who writes. The login role only reads, and sees what its scopes see; an act runs as `app_engine`, which nobody
-- logs in as and which must be taken on by name (docs/adr/0002-row-level-security.md).

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_engine') THEN
        CREATE ROLE app_engine NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of the same server was migrated at the same moment
END
$$;

-- Membership without inheritance: before 16 that is a property of the member, since then of the grant.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_auth_members
        WHERE roleid = 'app_engine'::regrole AND member = (SELECT oid FROM pg_roles WHERE rolname = :'app_role')
    ) THEN
        RETURN;
    ELSIF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE 'GRANT app_engine TO :app_role WITH INHERIT FALSE, SET TRUE';
    ELSE
        EXECUTE 'ALTER ROLE :app_role NOINHERIT';
        EXECUTE 'GRANT app_engine TO :app_role';
    END IF;
EXCEPTION WHEN unique_violation THEN
    NULL;
END
$$;

-- Outside these tables an act may do what a page may do: read the directory, put work into the queue.
GRANT USAGE ON SCHEMA public TO app_engine;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_engine;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app_engine;
DO $$
DECLARE
    allowed record;
BEGIN
    FOR allowed IN
        SELECT table_name, privilege_type FROM information_schema.role_table_grants
        WHERE grantee = :'app_role' AND table_schema = 'public'
    LOOP
        EXECUTE format('GRANT %s ON %I TO app_engine', allowed.privilege_type, allowed.table_name);
    END LOOP;
END
$$;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO app_engine;

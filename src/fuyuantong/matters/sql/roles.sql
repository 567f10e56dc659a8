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

-- Membership without inheritance: before 16 that is a property of the member, since then of the grant. The owner of
-- the tables is a member too, unless it is a superuser: it gives functions to the engine, and may act in a migration.
DO $$
DECLARE
    since_16 boolean := current_setting('server_version_num')::int >= 160000;
BEGIN
    IF NOT pg_has_role(current_user, 'app_engine', CASE WHEN since_16 THEN 'SET' ELSE 'MEMBER' END) THEN
        EXECUTE 'GRANT app_engine TO CURRENT_USER' || CASE WHEN since_16 THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;
    END IF;
    IF NOT pg_has_role(:'app_role', 'app_engine', 'MEMBER') THEN
        IF NOT since_16 THEN
            EXECUTE 'ALTER ROLE :app_role NOINHERIT';
        END IF;
        EXECUTE 'GRANT app_engine TO :app_role' || CASE WHEN since_16 THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;
    END IF;
EXCEPTION WHEN unique_violation THEN
    NULL; -- as above
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

-- Which rows of registers matters name: written with each record, seen by whoever sees the matter.

REVOKE ALL ON named_row FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT, UPDATE (register, key), DELETE ON named_row TO app_engine;
GRANT SELECT ON named_row TO :app_role;
ALTER TABLE named_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE named_row FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON named_row TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY seen ON named_row FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM sight WHERE sight.matter_id = named_row.matter_id AND sight.until_seq IS NULL
        OFFSET 0));

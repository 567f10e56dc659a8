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

-- What the matters of today name: numbers of the two styles, without the part of one of several rulings.
SET LOCAL ROLE app_engine;
INSERT INTO named_row (matter_id, field, register, key)
SELECT matter.id, named.field, 'court-case',
    regexp_replace(translate(regexp_replace(named.said, '\s', '', 'g'), '([〔【)]〕】', '（（（（））））'), '号之.*$', '号')
FROM matter CROSS JOIN jsonb_each_text("values") AS named(field, said)
WHERE named.said ~ '^[（(\[〔【][0-9]{4}[）)\]〕】]\S{2,30}号(之[一二三四五六七八九十]+)?$';
RESET ROLE;

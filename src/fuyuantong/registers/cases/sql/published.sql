-- Who sees a bulletin: the organs of which it tells and whoever sees the court's cases; a year's is published to all.

REVOKE ALL ON bulletin_sight, published_figure FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT ON bulletin_sight, published_figure TO app_engine;
GRANT SELECT ON bulletin_sight, published_figure TO :app_role;
CREATE POLICY acting ON bulletin_sight TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY acting ON published_figure TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY seen ON bulletin_sight FOR SELECT TO :app_role USING (scope_id = ANY (seen_scopes()));
CREATE POLICY kept ON published_figure FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM keeper_sight WHERE keeper_sight.keeper_id = published_figure.keeper_id OFFSET 0));
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON published_figure
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON published_figure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- what was sent before stays with the court's scopes and the organs of which it tells
SET LOCAL ROLE app_engine;
INSERT INTO bulletin_sight (bulletin_id, scope_id)
SELECT appearance_bulletin.id, keeper_sight.scope_id
FROM appearance_bulletin JOIN keeper_sight ON keeper_sight.keeper_id = appearance_bulletin.keeper_id
UNION
SELECT appearance_bulletin.id, scope.id
FROM appearance_bulletin CROSS JOIN jsonb_array_elements(figures) AS line
    JOIN scope ON scope.organ_id = (line ->> 'organ')::bigint;
RESET ROLE;
ALTER TABLE bulletin_sight ENABLE ROW LEVEL SECURITY;
ALTER TABLE bulletin_sight FORCE ROW LEVEL SECURITY;
ALTER TABLE published_figure ENABLE ROW LEVEL SECURITY;
ALTER TABLE published_figure FORCE ROW LEVEL SECURITY;

DROP POLICY sent_round ON appearance_bulletin;
CREATE POLICY sent ON appearance_bulletin FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM bulletin_sight WHERE bulletin_sight.bulletin_id = appearance_bulletin.id OFFSET 0));
CREATE POLICY published ON appearance_bulletin FOR SELECT TO :app_role
    USING (quarter = 0 AND cardinality(own_organs()) > 0);

-- Tokens and what was answered to them are the engine's alone; a token is ended, never taken away.

REVOKE ALL ON case_feed_token, case_feed_answer FROM PUBLIC, :app_role, app_engine;
GRANT SELECT, INSERT, UPDATE (revoked_at, used_at) ON case_feed_token TO app_engine;
GRANT SELECT, INSERT ON case_feed_answer TO app_engine;
ALTER TABLE case_feed_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_feed_token FORCE ROW LEVEL SECURITY;
ALTER TABLE case_feed_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_feed_answer FORCE ROW LEVEL SECURITY;
CREATE POLICY acting ON case_feed_token TO app_engine USING (true) WITH CHECK (true);
CREATE POLICY acting ON case_feed_answer TO app_engine USING (true) WITH CHECK (true);

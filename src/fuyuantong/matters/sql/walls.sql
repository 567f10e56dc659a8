-- The second wall: what the login role may select, row by row. `sight.py` is the first and says the same.
-- No setting, an unknown scope, an error: nothing is seen.

-- Settings live as long as the transaction; after it they read as the empty string.
CREATE FUNCTION seen_scopes() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('app.scopes', true), '')::bigint[] $$;
CREATE FUNCTION content_scopes() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('app.content_scopes', true), '')::bigint[] $$;
CREATE FUNCTION own_organs() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('app.organs', true), '')::bigint[] $$;
CREATE FUNCTION own_account() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('app.account', true), '')::bigint $$;

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'matter', 'party', 'sight', 'record', 'inner_record', 'slip', 'matter_row', 'secret', 'blind', 'clock',
        'rung', 'deferred', 'link', 'serial', 'number_taken', 'claim', 'blob', 'attachment', 'outbox',
        'idempotency', 'fund', 'fund_entry', 'reading_log', 'declaration'
    ] LOOP
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, :app_role, app_engine', kept);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO app_engine', kept);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('CREATE POLICY acting ON %I TO app_engine USING (true) WITH CHECK (true)', kept);
    END LOOP;
END
$$;

-- What an act changes in place. A matter keeps its identity, its kind, its origin and its beginning.
GRANT UPDATE (version, declaration_digest, number, title, state, phase, holder_id, initiator_id, custodian_node, epoch,
    region_code, secrecy, due_on, governing_clock, closed_at, closed_kind, seq, head, stay_seq, round, "values", fold)
    ON matter TO app_engine;
GRANT UPDATE (until_seq) ON party TO app_engine;
GRANT UPDATE (from_seq, until_seq), DELETE ON sight TO app_engine;
GRANT UPDATE (matter_id, admitted_seq, answer) ON slip TO app_engine;
GRANT UPDATE (organ_id, "values", outcome) ON matter_row TO app_engine;
GRANT UPDATE (salt, cipher, key_id, erased_at) ON secret TO app_engine;
GRANT DELETE ON blind, claim TO app_engine;
GRANT UPDATE (started_on, rule, due_on, calendar_version, state, proof) ON clock TO app_engine;
GRANT UPDATE (done_at) ON deferred, outbox TO app_engine;
GRANT UPDATE (round, row_key, text_digest) ON link TO app_engine;
GRANT UPDATE (next) ON serial TO app_engine;
GRANT UPDATE (mime_found, scan_state) ON blob TO app_engine;
GRANT USAGE ON SEQUENCE slip_author_seq TO app_engine;

-- What a page may look at. Secrets, blind indexes, claims, series, queues and keys of requests: not at all.
GRANT SELECT ON matter, party, sight, record, inner_record, slip, matter_row, clock, rung, link, number_taken,
    blob, attachment, fund, fund_entry, reading_log, declaration TO :app_role;

-- OFFSET 0 keeps the probe a probe: without it the planner hashes everything the reader may see.
CREATE POLICY seen ON sight FOR SELECT TO :app_role
    USING (scope_id = ANY (seen_scopes()));

CREATE POLICY seen ON matter FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM sight WHERE sight.matter_id = matter.id AND sight.until_seq IS NULL
        OFFSET 0));

CREATE POLICY seen ON record FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM sight WHERE sight.matter_id = record.matter_id
        AND record.seq BETWEEN sight.from_seq AND coalesce(sight.until_seq, record.seq)
        OFFSET 0));

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['party', 'matter_row', 'clock', 'rung'] LOOP
        EXECUTE format(
            'CREATE POLICY seen ON %1$I FOR SELECT TO :app_role USING (EXISTS ('
            'SELECT FROM sight WHERE sight.matter_id = %1$I.matter_id AND sight.until_seq IS NULL '
            'OFFSET 0))', kept
        );
    END LOOP;
END
$$;

CREATE POLICY seen ON inner_record FOR SELECT TO :app_role
    USING (organ_id = ANY (own_organs()));

CREATE POLICY own ON slip FOR SELECT TO :app_role
    USING (organ_id = ANY (own_organs()));
CREATE POLICY admitted ON slip FOR SELECT TO :app_role USING (admitted_seq IS NOT NULL AND EXISTS (
    SELECT FROM sight WHERE sight.matter_id = slip.matter_id
        AND slip.admitted_seq BETWEEN sight.from_seq AND coalesce(sight.until_seq, slip.admitted_seq)
        OFFSET 0));

CREATE POLICY seen ON attachment FOR SELECT TO :app_role USING (NOT "inner" AND EXISTS (
    SELECT FROM sight WHERE sight.matter_id = attachment.matter_id
        AND attachment.seq BETWEEN sight.from_seq AND coalesce(sight.until_seq, attachment.seq)
        AND sight.scope_id = ANY (
            CASE WHEN attachment.sensitive THEN content_scopes() ELSE seen_scopes() END
        ) OFFSET 0));
CREATE POLICY own ON attachment FOR SELECT TO :app_role
    USING ("inner" AND organ_id = ANY (own_organs()));
CREATE POLICY seen ON blob FOR SELECT TO :app_role
    USING (EXISTS (SELECT FROM attachment WHERE attachment.digest = blob.digest OFFSET 0));

-- A link is shown to whoever sees both of its ends.
CREATE POLICY seen ON link FOR SELECT TO :app_role USING (
    EXISTS (SELECT FROM matter WHERE matter.uid = link.from_uid OFFSET 0)
    AND EXISTS (SELECT FROM matter WHERE matter.uid = link.to_uid OFFSET 0));

-- The owner moves the balance in `fund_entry_counts`.
CREATE POLICY keeping ON fund TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeping ON fund_entry TO CURRENT_USER USING (true) WITH CHECK (true);

-- Keepers see their whole series and fund; others a number of a matter that they see.
CREATE POLICY seen ON number_taken FOR SELECT TO :app_role USING (
    organ_id = ANY (own_organs()) OR EXISTS (
        SELECT FROM matter WHERE matter.id = number_taken.matter_id OFFSET 0));
CREATE POLICY seen ON fund FOR SELECT TO :app_role
    USING (organ_id = ANY (own_organs()));
CREATE POLICY seen ON fund_entry FOR SELECT TO :app_role
    USING (EXISTS (SELECT FROM fund WHERE fund.id = fund_entry.fund_id OFFSET 0));

-- Who read what: known to the auditors of the region, and to each reader of their own readings.
CREATE POLICY own ON reading_log FOR SELECT TO :app_role
    USING (account_id = own_account());
CREATE POLICY audited ON reading_log FOR SELECT TO :app_role USING (EXISTS (
    SELECT FROM sight WHERE sight.matter_id = reading_log.matter_id
        AND sight.scope_id = ANY (seen_scopes())
        AND sight.scope_id <> ALL (content_scopes()) OFFSET 0));

CREATE POLICY everyone ON declaration FOR SELECT TO :app_role USING (true);

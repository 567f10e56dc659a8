-- Partitioned by month from the first day: it grows without end, and whole months are what is archived.

CREATE TABLE reading_log (
    at timestamptz NOT NULL,
    account_id bigint NOT NULL,
    matter_id bigint NOT NULL,
    field text NOT NULL,
    row_key text NOT NULL,
    purpose text NOT NULL CONSTRAINT reading_log_purpose_said CHECK (purpose <> ''),
    PRIMARY KEY (at, account_id, matter_id, field, row_key)
) PARTITION BY RANGE (at);

-- Without a partition for its month a reading fails, and so nothing is shown that is not written down.
CREATE FUNCTION reading_log_prepare(months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first date;
    made integer := 0;
BEGIN
    FOR first IN
        SELECT (date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai') + make_interval(months => ahead))::date
        FROM generate_series(0, months) AS ahead
    LOOP
        CONTINUE WHEN to_regclass('reading_log_' || to_char(first, 'YYYYMM')) IS NOT NULL;
        EXECUTE format(
            'CREATE TABLE %I PARTITION OF reading_log FOR VALUES FROM (%L) TO (%L)',
            'reading_log_' || to_char(first, 'YYYYMM'),
            first::timestamp AT TIME ZONE 'Asia/Shanghai',
            (first + interval '1 month') AT TIME ZONE 'Asia/Shanghai'
        );
        EXECUTE format('REVOKE ALL ON %I FROM :app_role, app_engine', 'reading_log_' || to_char(first, 'YYYYMM'));
        EXECUTE format(
            'CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            'reading_log_' || to_char(first, 'YYYYMM')
        );
        made := made + 1;
    END LOOP;
    RETURN made;
END
$$;

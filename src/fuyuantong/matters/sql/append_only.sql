-- What is written stays, and stands in an unbroken order, whoever asks: these triggers bind the owner too.
-- `refuse_change` is the directory's.

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['record', 'inner_record', 'number_taken', 'fund_entry', 'reading_log', 'declaration'] LOOP
        EXECUTE format(
            'CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept
        );
    END LOOP;
    FOREACH kept IN ARRAY ARRAY[
        'record', 'inner_record', 'number_taken', 'fund_entry', 'reading_log', 'declaration', 'slip'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept
        );
    END LOOP;
END
$$;

CREATE TRIGGER no_delete BEFORE DELETE ON slip FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A slip is admitted and answered once; nothing else of it ever changes.
CREATE FUNCTION slip_only_admitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - '{matter_id,admitted_seq,answer}'::text[])
            <> (to_jsonb(OLD) - '{matter_id,admitted_seq,answer}'::text[])
        OR (OLD.matter_id IS NOT NULL AND NEW.matter_id IS DISTINCT FROM OLD.matter_id)
        OR (OLD.admitted_seq IS NOT NULL AND NEW.admitted_seq IS DISTINCT FROM OLD.admitted_seq)
        OR (OLD.answer IS NOT NULL AND NEW.answer IS DISTINCT FROM OLD.answer)
    THEN
        RAISE EXCEPTION 'slip % is append-only but for its admission', OLD.uid USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER only_admitted BEFORE UPDATE ON slip FOR EACH ROW EXECUTE FUNCTION slip_only_admitted();

-- A record follows the last one, at the custodian, not before it in time: a bug cannot fork a trail.
CREATE FUNCTION record_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    home record;
    last record;
BEGIN
    SELECT custodian_node, epoch INTO home FROM matter WHERE id = NEW.matter_id;
    IF home.custodian_node IS DISTINCT FROM NEW.node_id OR home.epoch IS DISTINCT FROM NEW.epoch THEN
        RAISE EXCEPTION 'matter % is kept by node % in epoch %, not by node % in epoch %',
            NEW.matter_id, home.custodian_node, home.epoch, NEW.node_id, NEW.epoch USING ERRCODE = 'check_violation';
    END IF;
    SELECT seq, digest, recorded_at INTO last FROM record WHERE matter_id = NEW.matter_id ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.prev <> coalesce(last.digest, decode(repeat('00', 32), 'hex')) THEN
        RAISE EXCEPTION 'record %/% does not follow record %', NEW.matter_id, NEW.seq, coalesce(last.seq, 0)
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.recorded_at < last.recorded_at THEN
        RAISE EXCEPTION 'record %/% is older than the one before', NEW.matter_id, NEW.seq
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER follows BEFORE INSERT ON record FOR EACH ROW EXECUTE FUNCTION record_follows();

-- At commit the matter names its last record, so neither is ever written without the other. A definer function: at
-- commit the act's role may be off again, and what is not seen would be found in order.
CREATE FUNCTION matter_names_last_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    subject bigint;
    named record;
    last record;
BEGIN
    IF TG_TABLE_NAME = 'matter' THEN
        subject := NEW.id;
    ELSE
        subject := NEW.matter_id;
    END IF;
    SELECT seq, head INTO named FROM matter WHERE id = subject;
    SELECT seq, digest INTO last FROM record WHERE matter_id = subject ORDER BY seq DESC LIMIT 1;
    IF named.seq IS DISTINCT FROM last.seq OR named.head IS DISTINCT FROM last.digest THEN
        RAISE EXCEPTION 'matter % stands at record %, its trail at %', subject, named.seq, last.seq
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER names_last_record AFTER INSERT OR UPDATE OF seq, head ON matter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION matter_names_last_record();
CREATE CONSTRAINT TRIGGER named_by_matter AFTER INSERT ON record
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION matter_names_last_record();

CREATE FUNCTION inner_record_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    SELECT seq, digest INTO last FROM inner_record
    WHERE matter_id = NEW.matter_id AND organ_id = NEW.organ_id ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.prev <> coalesce(last.digest, decode(repeat('00', 32), 'hex')) THEN
        RAISE EXCEPTION 'inner record %/%/% does not follow record %',
            NEW.matter_id, NEW.organ_id, NEW.seq, coalesce(last.seq, 0) USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER follows BEFORE INSERT ON inner_record FOR EACH ROW EXECUTE FUNCTION inner_record_follows();

-- The first number of a year may be any (the paper register ran before); from there on none is left out.
CREATE FUNCTION number_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last integer;
BEGIN
    SELECT max(serial) INTO last FROM number_taken
    WHERE organ_id = NEW.organ_id AND kind = NEW.kind AND year = NEW.year;
    IF NEW.serial <> last + 1 THEN
        RAISE EXCEPTION 'number % of % in % does not follow %', NEW.serial, NEW.kind, NEW.year, last
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER follows BEFORE INSERT ON number_taken FOR EACH ROW EXECUTE FUNCTION number_follows();

-- The balance is moved by entries alone: no other role may update it.
CREATE FUNCTION fund_entry_counts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last integer;
BEGIN
    UPDATE fund SET balance_fen = balance_fen + CASE NEW.kind
        WHEN 'reserve' THEN -NEW.amount_fen
        WHEN 'commit' THEN 0
        ELSE NEW.amount_fen
    END WHERE id = NEW.fund_id;
    SELECT max(seq) INTO last FROM fund_entry WHERE fund_id = NEW.fund_id;
    IF NEW.seq <> coalesce(last, 0) + 1 THEN
        RAISE EXCEPTION 'fund entry %/% does not follow %', NEW.fund_id, NEW.seq, coalesce(last, 0)
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER counts BEFORE INSERT ON fund_entry FOR EACH ROW EXECUTE FUNCTION fund_entry_counts();

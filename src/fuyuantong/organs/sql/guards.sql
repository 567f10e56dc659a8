-- One truth at a time.
ALTER TABLE region ADD CONSTRAINT region_one_version
    EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to) WITH &&);
ALTER TABLE organ_name ADD CONSTRAINT organ_name_one_at_a_time
    EXCLUDE USING gist (organ_id WITH =, valid WITH &&);
ALTER TABLE organ_name ADD CONSTRAINT organ_name_some_time CHECK (NOT isempty(valid) AND NOT lower_inf(valid));
ALTER TABLE organ_relation ADD CONSTRAINT organ_relation_no_overlap
    EXCLUDE USING gist (from_id WITH =, relation WITH =, to_id WITH =, valid WITH &&);
ALTER TABLE organ_relation ADD CONSTRAINT organ_relation_single
    EXCLUDE USING gist (to_id WITH =, relation WITH =, valid WITH &&) WHERE (relation <> 'competent_dept_of');
ALTER TABLE organ_relation ADD CONSTRAINT organ_relation_some_time CHECK (NOT isempty(valid) AND NOT lower_inf(valid));

-- A tenure's kind is its post's, a cover's kind is its tenure's.
ALTER TABLE tenure ADD CONSTRAINT tenure_kind_of_post
    FOREIGN KEY (post_id, post_kind) REFERENCES post (id, kind);
ALTER TABLE cover ADD CONSTRAINT cover_kind_of_tenure
    FOREIGN KEY (from_tenure, post_kind) REFERENCES tenure (id, post_kind);
ALTER TABLE tenure ADD CONSTRAINT tenure_no_overlap
    EXCLUDE USING gist (account_id WITH =, post_id WITH =, valid WITH &&);
ALTER TABLE tenure ADD CONSTRAINT tenure_some_time CHECK (NOT isempty(valid) AND NOT lower_inf(valid));
ALTER TABLE cover ADD CONSTRAINT cover_one_at_a_time
    EXCLUDE USING gist (from_tenure WITH =, valid WITH &&);
ALTER TABLE cover ADD CONSTRAINT cover_some_time
    CHECK (NOT isempty(valid) AND NOT lower_inf(valid) AND NOT upper_inf(valid));

-- 三员分立: an account that has ever been one of the three administrators never becomes another of them.
ALTER TABLE tenure ADD CONSTRAINT tenure_one_administrator
    EXCLUDE USING gist (account_id WITH =, post_kind WITH <>)
    WHERE (post_kind IN ('auditor', 'security_administrator', 'system_administrator'));

-- What has been done stays written.
CREATE TRIGGER directory_change_rows BEFORE UPDATE OR DELETE ON directory_change
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER directory_change_table BEFORE TRUNCATE ON directory_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER succession_rows BEFORE UPDATE OR DELETE ON succession
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER succession_table BEFORE TRUNCATE ON succession
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Organs, posts and scopes keep what they are; nothing of the directory is ever deleted.
REVOKE ALL ON region, organ, organ_name, organ_relation, directory_change, succession,
    account, post, tenure, cover, scope FROM PUBLIC, :app_role;
GRANT SELECT, INSERT ON region, organ, organ_name, organ_relation, directory_change, succession,
    account, post, tenure, cover, scope TO :app_role;
GRANT UPDATE (valid_to) ON region, organ TO :app_role;
GRANT UPDATE (node_id, online) ON organ TO :app_role;
GRANT UPDATE (valid) ON organ_name, organ_relation, tenure, cover TO :app_role;
GRANT UPDATE (password, last_login, display_name, is_active) ON account TO :app_role;

-- What people decided and said about plans is added to, never changed.
REVOKE ALL ON plan_correction, plan_entry, plan_note, plan_note_file, plan_evidence_rule FROM PUBLIC, :app_role;
GRANT SELECT, INSERT ON plan_correction, plan_entry, plan_note, plan_note_file, plan_evidence_rule TO :app_role;
REVOKE DELETE ON plan, plan_version, plan_obligation, plan_due, plan_due_item FROM :app_role;
-- The engine's role has all rights on new tables by default; what is only added to is so for it as well.
REVOKE UPDATE, DELETE, TRUNCATE ON plan_correction, plan_entry, plan_note, plan_note_file, plan_evidence_rule
    FROM app_engine;

-- Who sat where stays as it was said; the end of a seat is the only thing that is ever added to it.
REVOKE ALL ON plan_seat FROM PUBLIC, :app_role;
GRANT SELECT, INSERT ON plan_seat TO :app_role;
GRANT UPDATE (valid_to, ended_by_id, ended_at) ON plan_seat TO :app_role;

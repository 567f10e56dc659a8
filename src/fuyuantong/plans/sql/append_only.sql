-- What people decided and said about plans is added to, never changed.
REVOKE ALL ON plan_correction, plan_entry, plan_note, plan_note_file, plan_evidence_rule FROM PUBLIC, :app_role;
GRANT SELECT, INSERT ON plan_correction, plan_entry, plan_note, plan_note_file, plan_evidence_rule TO :app_role;
REVOKE DELETE ON plan, plan_version, plan_obligation, plan_due, plan_due_item FROM :app_role;

-- The engine's role has all rights on new tables by default; what is only added to is so for it as well.
REVOKE UPDATE, DELETE, TRUNCATE ON plan_correction, plan_entry, plan_note, plan_note_file, plan_evidence_rule
    FROM app_engine;

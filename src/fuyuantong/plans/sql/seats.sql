-- Who sat where stays as it was said; the end of a seat is the only thing that is ever added to it.
REVOKE ALL ON plan_seat FROM PUBLIC, :app_role;
GRANT SELECT, INSERT ON plan_seat TO :app_role;
GRANT UPDATE (valid_to, ended_by_id, ended_at) ON plan_seat TO :app_role;

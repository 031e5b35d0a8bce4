-- The tickets to which a worker is assigned for the staff or, as their customers see it, by ids. Two statements, neither of which is
-- news to a distributed engine.
create or replace function ${schema}.tickets_of_worker(p_id uuid) returns uuid[]
language plpgsql stable
as $$
declare
  c_held constant uuid[] := array(select a.ticket_id from ticket_assignment a where a.worker_id = p_id);
  c_seen constant uuid[] := array(
    select t.id from ticket t where t.shown_assigned_to is not null and p_id = any (t.shown_assigned_to));
begin
  return array(select distinct x.id from unnest(c_held || c_seen) as x (id) order by x.id);
end
$$;
revoke all on function ${schema}.tickets_of_worker(uuid) from public;

-- The next tickets after an id to which a worker is assigned and which are not closed, each for the staff or as their customers see
-- it, by ids. Two statements, neither of which is news to a distributed engine.
create or replace function ${schema}.unclosed_of_worker(p_id uuid, p_after uuid, p_at_most integer) returns uuid[]
language plpgsql stable
as $$
declare
  c_held constant uuid[] := array(
    select a.ticket_id from ticket_assignment a
    where a.worker_id = p_id and a.status in ('new', 'open', 'pending') and a.ticket_id > p_after
    order by a.ticket_id limit p_at_most);
  c_seen constant uuid[] := array(
    select t.id from ticket t
    where t.shown_assigned_to is not null and p_id = any (t.shown_assigned_to) and t.id > p_after
      and (t.status <> 'closed' or t.shown ->> 'status' <> 'closed')
    union
    select t.id from ticket_assignment a join ticket t on t.id = a.ticket_id
    where a.worker_id = p_id and a.status = 'closed' and t.shown ->> 'status' <> 'closed' and t.id > p_after
    order by id limit p_at_most);
begin
  return array(select distinct x.id from unnest(c_held || c_seen) as x (id) order by x.id limit p_at_most);
end
$$;
revoke all on function ${schema}.unclosed_of_worker(uuid, uuid, integer) from public;

-- Who is assigned to a ticket, as the staff sees it, in the order of assignment.
create or replace function ${schema}.assigned_workers(p_ticket_id uuid) returns uuid[]
language plpgsql stable
as $$
begin
  return array(
    select a.worker_id from ticket_assignment a where a.ticket_id = p_ticket_id order by a.assigned_at, a.worker_id);
end
$$;
revoke all on function ${schema}.assigned_workers(uuid) from public;

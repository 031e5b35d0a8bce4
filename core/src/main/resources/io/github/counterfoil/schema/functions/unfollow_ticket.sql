-- As follow_ticket.
create or replace function ${schema}.unfollow_ticket(t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb) returns boolean
language plpgsql
as $$
begin
  delete from ticket_follower f
  where f.ticket_id = t.id and f.worker_id = coalesce((p_args ->> 'worker')::uuid, e.created_by);
  return found;
end
$$;
revoke all on function ${schema}.unfollow_ticket(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;

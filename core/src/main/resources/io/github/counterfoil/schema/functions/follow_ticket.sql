-- An agent follows a ticket: whom the arguments name, or who acts. No event tells of it, and the ticket stays as it is.
create or replace function ${schema}.follow_ticket(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb, p_limit bigint,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  c_worker constant uuid := coalesce((p_args ->> 'worker')::uuid, e.created_by);
begin
  perform from worker w where w.id = c_worker and w.active and not w.system;
  if not found then
    refusal := 'worker.not_found';
    subject := c_worker;
    return;
  end if;
  perform from ticket_follower f where f.ticket_id = t.id and f.worker_id = c_worker;
  if found then
    return;
  elsif (select count(*) from ticket_follower f join worker w on w.id = f.worker_id where f.ticket_id = t.id and w.active) >= p_limit then
    refusal := 'too_many';
    field := 'followers';
    "limit" := p_limit;
    return;
  end if;
  insert into ticket_follower (ticket_id, worker_id, ticket_created_at) values (t.id, c_worker, t.created_at);
end
$$;
revoke all on function ${schema}.follow_ticket(${schema}.ticket, ${schema}.ticket_event, jsonb, bigint) from public;

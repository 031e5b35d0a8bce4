-- The worker is locked against being deactivated meanwhile. p_status is the status that the ticket will have.
create or replace function ${schema}.add_assignment(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb, p_limit bigint, p_status text,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  v_worker constant uuid := p_args ->> 'worker';
begin
  perform from worker w where w.id = v_worker and w.active and not w.system for share;
  if not found then
    refusal := 'worker.not_found';
    subject := v_worker;
    return;
  end if;
  perform from ticket_assignment a where a.ticket_id = t.id and a.worker_id = v_worker;
  if found then
    return;
  end if;
  if (select count(*) from ticket_assignment a where a.ticket_id = t.id) >= p_limit then
    refusal := 'too_many';
    field := 'assigned_to';
    "limit" := p_limit;
    return;
  end if;
  t := append_event(t, e, 'assignment-added', 'public', jsonb_build_object('agent_id', v_worker));
  insert into ticket_assignment (ticket_id, worker_id, assigned_at, status, ticket_created_at)
  values (t.id, v_worker, t.updated_at, p_status, t.created_at);
end
$$;
revoke all on function ${schema}.add_assignment(${schema}.ticket, ${schema}.ticket_event, jsonb, bigint, text) from public;

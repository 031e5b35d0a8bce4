-- The worker is locked against being deactivated meanwhile. p_status is the status that the ticket will have. Customers are told
-- unless they see the worker assigned already.
create or replace function ${schema}.add_assignment(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb, p_limit bigint, p_status text,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  v_worker constant uuid := p_args ->> 'worker';
  v_seen   boolean := v_worker = any (t.shown_assigned_to);
  v_held   boolean;
begin
  perform from worker w where w.id = v_worker and w.active and not w.system for share;
  if not found then
    refusal := 'worker.not_found';
    subject := v_worker;
    return;
  end if;
  perform from ticket_assignment a where a.ticket_id = t.id and a.worker_id = v_worker;
  v_held := found;
  v_seen := coalesce(v_seen, v_held);
  if v_held and v_seen then
    return;
  end if;
  if not v_held and (select count(*) from ticket_assignment a where a.ticket_id = t.id) >= p_limit then
    refusal := 'too_many';
    field := 'assigned_to';
    "limit" := p_limit;
    return;
  end if;
  t := append_event(t, e, 'assignment-added', case when v_seen then 'private' else 'public' end,
                    jsonb_build_object('agent_id', v_worker));
  if not v_held then
    insert into ticket_assignment (ticket_id, worker_id, assigned_at, status, priority, ticket_created_at)
    values (t.id, v_worker, t.updated_at, p_status, t.priority, t.created_at);
    t.assigned := true;
  end if;
  if t.shown_assigned_to is not null then
    t.shown_assigned_to := nullif(
      case when v_seen then t.shown_assigned_to else t.shown_assigned_to || v_worker end, assigned_workers(t.id));
  end if;
end
$$;
revoke all on function ${schema}.add_assignment(${schema}.ticket, ${schema}.ticket_event, jsonb, bigint, text) from public;

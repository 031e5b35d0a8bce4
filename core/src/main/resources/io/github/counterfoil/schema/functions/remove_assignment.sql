-- Customers are told if they see the worker assigned, and p_public; else the worker is taken off for the staff alone.
create or replace function ${schema}.remove_assignment(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb, p_public boolean)
language plpgsql
as $$
declare
  c_worker constant uuid := p_args ->> 'worker';
  v_seen   uuid[] := t.shown_assigned_to;
  v_held   boolean;
begin
  if v_seen is null and not p_public then
    v_seen := assigned_workers(t.id);
  end if;
  delete from ticket_assignment a where a.ticket_id = t.id and a.worker_id = c_worker;
  v_held := found;
  if v_held then
    t.assigned := exists (select from ticket_assignment a where a.ticket_id = t.id);
  end if;
  if p_public and (c_worker = any (v_seen) or v_seen is null and v_held) then
    t := append_event(t, e, 'assignment-removed', 'public', jsonb_build_object('agent_id', c_worker));
    v_seen := array_remove(v_seen, c_worker);
  elsif v_held then
    t := append_event(t, e, 'assignment-removed', 'private', jsonb_build_object('agent_id', c_worker));
  end if;
  if v_seen is not null then
    t.shown_assigned_to := nullif(v_seen, assigned_workers(t.id));
  end if;
end
$$;
revoke all on function ${schema}.remove_assignment(${schema}.ticket, ${schema}.ticket_event, jsonb, boolean) from public;

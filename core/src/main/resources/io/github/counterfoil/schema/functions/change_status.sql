-- Closing records a resolution for every worker assigned; it stays on record when the ticket is opened again. Who was deactivated
-- while it was closed is taken off it then: a ticket that waits for somebody's work is assigned to nobody who may not do it. The
-- workers are locked against being deactivated meanwhile.
create or replace function ${schema}.change_status(inout t ${schema}.ticket, e ${schema}.ticket_event, p_status text)
language plpgsql
as $$
declare
  c_before constant text := t.status;
  v_worker uuid;
begin
  if c_before = p_status then
    return;
  end if;
  t := append_event(t, e, 'status-update', 'public', jsonb_build_object('old_value', c_before, 'new_value', p_status));
  t.status := p_status;
  t.closed_seq := case p_status when 'closed' then t.last_seq end;
  update ticket_assignment a set status = p_status where a.ticket_id = t.id and a.status <> p_status;
  if p_status = 'closed' then
    insert into ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
    select t.id, t.closed_seq, a.worker_id, t.title, a.assigned_at, t.updated_at
    from ticket_assignment a where a.ticket_id = t.id;
  elsif c_before = 'closed' then
    foreach v_worker in array array(
      select a.worker_id from ticket_assignment a where a.ticket_id = t.id order by a.worker_id)
    loop
      perform from worker w where w.id = v_worker and w.active for share;
      if not found then
        t := remove_assignment(t, e, jsonb_build_object('worker', v_worker));
      end if;
    end loop;
  end if;
end
$$;
revoke all on function ${schema}.change_status(${schema}.ticket, ${schema}.ticket_event, text) from public;

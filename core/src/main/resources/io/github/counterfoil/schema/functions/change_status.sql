-- Closing records a resolution for every worker assigned; it stays on record when the ticket is opened again.
create or replace function ${schema}.change_status(inout t ${schema}.ticket, e ${schema}.ticket_event, p_status text)
language plpgsql
as $$
begin
  if t.status = p_status then
    return;
  end if;
  t := append_event(t, e, 'status-update', 'public', jsonb_build_object('old_value', t.status, 'new_value', p_status));
  t.status := p_status;
  t.closed_seq := case p_status when 'closed' then t.last_seq end;
  if p_status = 'closed' then
    insert into ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
    select t.id, t.closed_seq, a.worker_id, t.title, a.assigned_at, t.updated_at
    from ticket_assignment a where a.ticket_id = t.id;
  end if;
end
$$;
revoke all on function ${schema}.change_status(${schema}.ticket, ${schema}.ticket_event, text) from public;

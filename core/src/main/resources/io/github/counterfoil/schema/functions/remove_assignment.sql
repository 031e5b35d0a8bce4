create or replace function ${schema}.remove_assignment(inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb)
language plpgsql
as $$
begin
  delete from ticket_assignment a where a.ticket_id = t.id and a.worker_id = (p_args ->> 'worker')::uuid;
  if found then
    t := append_event(t, e, 'assignment-removed', 'public', jsonb_build_object('agent_id', p_args ->> 'worker'));
  end if;
end
$$;
revoke all on function ${schema}.remove_assignment(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;

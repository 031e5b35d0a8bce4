-- The next tickets of a worker who was deactivated, so many at once: each is locked, freed and told of by the administrator who
-- deactivated, whoever that is by now. A worker who was reactivated meanwhile keeps the rest.
create or replace function ${schema}.free_tickets(
  p_id uuid, p_admin_id uuid, p_command uuid, p_now timestamptz, p_state jsonb, p_at_once integer) returns jsonb
language plpgsql
as $$
declare
  c_unassign constant jsonb := jsonb_build_array(
    jsonb_build_object('change', 'unassign', 'args', jsonb_build_object('worker', p_id, 'leaving', true)));
  c_tickets  constant uuid[] := unclosed_of_worker(
    p_id, coalesce((p_state ->> 'after')::uuid, '00000000-0000-0000-0000-000000000000'), p_at_once);
  v_freed    jsonb := p_state -> 'freed';
  v_ticket   uuid;
  v_outcome  text;
  v_refusal  text;
begin
  foreach v_ticket in array c_tickets loop
    perform from ticket t where t.id = v_ticket for update;
  end loop;
  perform pg_advisory_xact_lock_shared(author_lock(p_admin_id));
  perform from worker w where w.id = p_id and not w.active for share;
  if c_tickets = '{}' or not found then
    return v_freed;
  end if;
  foreach v_ticket in array c_tickets loop
    if exists (select from ticket t where t.id = v_ticket and (t.status <> 'closed' or t.shown ->> 'status' <> 'closed')) then
      select a.outcome, a.refusal into v_outcome, v_refusal
      from apply_command(v_ticket, p_admin_id, 'agent', gen_random_uuid(), p_command, null, p_now, c_unassign, null, null, null) a;
      if v_refusal is not null then
        raise exception 'counterfoil: a ticket was not freed: %', v_refusal;
      end if;
      if v_outcome = 'applied' then
        v_freed := v_freed || to_jsonb(v_ticket);
      end if;
    end if;
  end loop;
  return p_state || jsonb_build_object('after', c_tickets[cardinality(c_tickets)], 'freed', v_freed);
end
$$;
revoke all on function ${schema}.free_tickets(uuid, uuid, uuid, timestamptz, jsonb, integer) from public;

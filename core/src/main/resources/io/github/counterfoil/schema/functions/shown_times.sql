-- The times in ticket.shown, by the events that are stored: customers' times of live events are their own.
create or replace function ${schema}.shown_times(t ${schema}.ticket) returns jsonb
language plpgsql stable
as $$
declare
  v_since    timestamptz;
  v_response timestamptz;
begin
  select e.public_at into v_since from ticket_event e
  where e.ticket_id = t.id and e.public_seq is not null and e.type = 'status-update' order by e.seq desc limit 1;
  select e.public_at into v_response from ticket_event e where e.ticket_id = t.id and e.seq = t.first_response_seq;
  v_since := coalesce(v_since, t.created_at);
  return case when v_since <> t.status_since then jsonb_build_object('status_since', micros(v_since)) else '{}' end
    || case when v_response <> t.first_response_at then jsonb_build_object('first_response_at', micros(v_response)) else '{}' end;
end
$$;
revoke all on function ${schema}.shown_times(${schema}.ticket) from public;

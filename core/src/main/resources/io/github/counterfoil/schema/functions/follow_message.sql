-- What a message that customers see, and that was just appended, makes of its ticket. The first of a worker's is the first response:
-- what a system actor says is none.
create or replace function ${schema}.follow_message(inout t ${schema}.ticket, e ${schema}.ticket_event)
language plpgsql
as $$
begin
  t.last_written_seq := t.last_seq;
  t.last_message_seq := t.last_seq;
  if t.first_response_seq is null and e.role = 'agent'
    and not exists (select from worker w where w.id = e.created_by and w.system)
  then
    t.first_response_seq := t.last_seq;
    t.first_response_at := t.updated_at;
    perform add_fact(t, 'responded', e.created_by);
    if t.public_updated_at <> t.updated_at then
      t.shown := coalesce(t.shown, '{}') || jsonb_build_object('first_response_at', micros(t.public_updated_at));
    end if;
  end if;
end
$$;
revoke all on function ${schema}.follow_message(${schema}.ticket, ${schema}.ticket_event) from public;

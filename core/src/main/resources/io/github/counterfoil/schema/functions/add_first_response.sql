-- Keeps that the last event of a ticket, an agent's public message, is the first response, unless there was one or a system actor
-- sent it.
create or replace function ${schema}.add_first_response(t ${schema}.ticket, e ${schema}.ticket_event) returns void
language plpgsql
as $$
begin
  if not exists (select from ticket_fact f where f.ticket_id = t.id and f.kind = 'responded')
    and not exists (select from worker w where w.id = e.created_by and w.system)
  then
    perform add_fact(t, 'responded', e.created_by);
  end if;
end
$$;
revoke all on function ${schema}.add_first_response(${schema}.ticket, ${schema}.ticket_event) from public;

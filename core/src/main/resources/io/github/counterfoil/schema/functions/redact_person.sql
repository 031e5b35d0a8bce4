-- Takes out of the ticket what a person typed, until p_most events or more tell of it: who comes again goes on. What an administrator wrote
-- of redactions is left by themselves, who would write of that again.
create or replace function ${schema}.redact_person(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_person uuid, p_reason text, p_most integer)
language plpgsql
as $$
declare
  c_last constant integer := t.last_seq;
  v_seq  integer;
  r      record;
begin
  -- What customers see comes first, so that its ids follow from that alone; then what the ticket started with, as 0.
  for v_seq in
    select x.seq from (
      select o.seq, case when o.public_seq is null then 2 else 0 end as place from ticket_event o
      where o.ticket_id = t.id and o.created_by = p_person and o.seq <= c_last
        and (o.type <> 'event-redacted' or p_person <> e.created_by)
      union all
      select 0, 1 from ticket k where k.id = t.id and k.created_by = p_person
    ) as x
    order by x.place, x.seq
  loop
    exit when t.last_seq - e.seq >= p_most;
    if v_seq = 0 then
      r := redact_beginning(t, e, null, p_reason);
    else
      r := redact_event(t, e, v_seq, null, true, p_reason);
    end if;
    t := r.t;
  end loop;
end
$$;
revoke all on function ${schema}.redact_person(${schema}.ticket, ${schema}.ticket_event, uuid, text, integer) from public;

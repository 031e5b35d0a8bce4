-- Several changes as one: the first refusal, whose place is told, takes back what the changes before it stored. One alone needs no
-- savepoint, since a change stores nothing before it knows that it is not refused.
create or replace function ${schema}.change_ticket_all(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_changes jsonb,
  out refusal text, out field text, out "limit" bigint, out subject uuid, out place integer)
language plpgsql
as $$
declare
  p_change jsonb;
  r        record;
begin
  for p_change, place in
    select x.change, x.n - 1 from jsonb_array_elements(p_changes) with ordinality as x (change, n) order by x.n
  loop
    r := change_ticket(t, e, p_change);
    if r.refusal is not null then
      refusal := r.refusal;
      field := r.field;
      "limit" := r."limit";
      subject := r.subject;
      raise exception using errcode = 'CF001';
    end if;
    t := r.t;
  end loop;
exception when sqlstate 'CF001' then
  null;
end
$$;
revoke all on function ${schema}.change_ticket_all(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;

-- Several changes as one: the first refusal takes back what the changes before it stored. One alone needs no savepoint,
-- since a change stores nothing before it knows that it is not refused.
create or replace function ${schema}.change_ticket_all(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_changes jsonb,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  p_change jsonb;
  v_place  integer;
  r        record;
begin
  if jsonb_array_length(p_changes) = 0 then
    return;
  elsif jsonb_array_length(p_changes) = 1 then
    r := change_ticket(t, e, p_changes -> 0);
  else
    begin
      for p_change, v_place in select x.change, x.n - 1 from jsonb_array_elements(p_changes) with ordinality as x (change, n) order by x.n loop
        r := change_ticket(t, e, p_change);
        if r.refusal is not null then
          raise exception using errcode = 'CF001';
        end if;
        t := r.t;
      end loop;
    exception when sqlstate 'CF001' then
      null;
    end;
  end if;
  t := r.t;
  refusal := r.refusal;
  -- As the caller counts them, who said them as one.
  field := case when v_place is null then '' else format('commands[%s].', v_place) end || r.field;
  "limit" := r."limit";
  subject := r.subject;
end
$$;
revoke all on function ${schema}.change_ticket_all(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;

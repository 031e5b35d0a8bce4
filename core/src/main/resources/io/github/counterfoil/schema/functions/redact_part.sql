-- Where a member of an event is a value of a part of the ticket, that value goes everywhere. The event has to be redacted by itself.
create or replace function ${schema}.redact_part(
  inout t ${schema}.ticket, p_type text, p_seq integer, p_field text, p_member text)
language plpgsql
as $$
declare
  v_part  text;
  v_from  integer;
  v_to    integer;
  v_field text;
  v_next  integer;
  x       record;
begin
  v_part := case when p_member not in ('old_value', 'new_value') then null
                 when p_type = 'title-update' then 'title'
                 when p_type = 'description-update' then 'description'
                 when p_type = case p_member when 'old_value' then 'field-removed' else 'field-added' end then 'custom_fields' end;
  if v_part is null then
    return;
  end if;
  v_field := case v_part when 'custom_fields' then p_field end;
  if p_member = 'new_value' then
    v_from := p_seq;
    select min(o.seq) into v_to from ticket_event o
    where o.ticket_id = t.id and o.seq > p_seq and o.type = replace(p_type, 'added', 'removed')
      and (v_field is null or o.body ->> 'field_name' = v_field);
    -- Customers were told the value that they saw, also where the staff saw another since.
    if v_field is null then
      select min(o.seq) into v_next from ticket_event o
      where o.ticket_id = t.id and o.seq > p_seq and o.type = p_type and o.public_seq is not null;
      if v_next > v_to and (select o.body -> 'old_value' = e.body -> 'new_value' from ticket_event o cross join ticket_event e
                            where o.ticket_id = t.id and o.seq = v_next and e.ticket_id = t.id and e.seq = p_seq) then
        t := redact_row(t, v_next, array['old_value']);
      end if;
    end if;
  elsif v_field is null then
    select o.body -> 'old_value' as old_value into x from ticket_event o where o.ticket_id = t.id and o.seq = p_seq;
    select coalesce(max(o.seq), 0) into v_from from ticket_event o
    where o.ticket_id = t.id and o.seq < p_seq and o.type = p_type and o.body -> 'new_value' = x.old_value;
    select min(o.seq) into v_to from ticket_event o where o.ticket_id = t.id and o.seq > v_from and o.type = p_type;
  else
    v_to := p_seq;
    select coalesce(max(o.seq), 0) into v_from from ticket_event o
    where o.ticket_id = t.id and o.seq < p_seq and o.type = replace(p_type, 'removed', 'added')
      and o.body ->> 'field_name' = v_field;
  end if;
  t := redact_value(t, v_part, v_field, v_from, v_to);
end
$$;
revoke all on function ${schema}.redact_part(${schema}.ticket, text, integer, text, text) from public;

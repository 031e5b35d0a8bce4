-- Where a member of an event is a value of a part of the ticket, that value goes everywhere. The event has to be redacted by itself.
create or replace function ${schema}.redact_part(
  inout t ${schema}.ticket, p_type text, p_seq integer, p_field text, p_member text)
language plpgsql
as $$
declare
  v_part text;
  v_from integer;
  v_old  jsonb;
begin
  v_part := case when p_member not in ('old_value', 'new_value') then null
                 when p_type = 'title-update' then 'title'
                 when p_type = 'description-update' then 'description'
                 when p_type = case p_member when 'old_value' then 'field-removed' else 'field-added' end then 'custom_fields' end;
  if v_part = 'custom_fields' then
    if p_member = 'new_value' then
      t := redact_value(t, v_part, p_field, p_seq, (
        select min(o.seq) from ticket_event o
        where o.ticket_id = t.id and o.seq > p_seq and o.type = 'field-removed' and o.body ->> 'field_name' = p_field));
    else
      t := redact_value(t, v_part, p_field, coalesce((
        select max(o.seq) from ticket_event o
        where o.ticket_id = t.id and o.seq < p_seq and o.type = 'field-added' and o.body ->> 'field_name' = p_field), 0), p_seq);
    end if;
  elsif v_part is not null then
    select o.body -> 'old_value' into v_old from ticket_event o where o.ticket_id = t.id and o.seq = p_seq;
    -- An old value is of the update before it, of the last that the customer saw, or of both.
    for v_from in
      select distinct f.seq from unnest(case p_member when 'new_value' then array[p_seq] else array[
        (select coalesce(max(o.seq), 0) from ticket_event o
         where o.ticket_id = t.id and o.seq < p_seq and o.type = p_type),
        (select coalesce(max(o.seq), 0) from ticket_event o
         where o.ticket_id = t.id and o.seq < p_seq and o.type = p_type and o.public_seq is not null)
      ] end) as f (seq)
      order by 1
    loop
      if p_member = 'new_value' or v_old = coalesce(
        (select o.body -> 'new_value' from ticket_event o where o.ticket_id = t.id and o.seq = v_from),
        (select started_with(k) -> v_part from ticket k where k.id = t.id))
      then
        t := redact_value(t, v_part, null, v_from, (
          select min(o.seq) from ticket_event o where o.ticket_id = t.id and o.seq > v_from and o.type = p_type));
      end if;
    end loop;
  end if;
end
$$;
revoke all on function ${schema}.redact_part(${schema}.ticket, text, integer, text, text) from public;

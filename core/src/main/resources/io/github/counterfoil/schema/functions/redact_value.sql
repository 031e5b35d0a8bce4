-- Takes a value that a part of the ticket had out of all that repeats it: the event that brought it and the one that replaced it, what the
-- ticket started with, what it is now, and the resolutions of closings meanwhile. p_from is the seq of the event that brought it, 0 where the
-- ticket started with it; p_to of the one that replaced it, null where it stands. p_field is null for the title and the description.
create or replace function ${schema}.redact_value(
  inout t ${schema}.ticket, p_part text, p_field text, p_from integer, p_to integer)
language plpgsql
as $$
declare
  c_word  constant jsonb := '"[redacted]"';
  c_path  constant text[] := array_remove(array[p_part, p_field], null);
  x       record;
  v_now   jsonb;
  v_start jsonb;
  v_seen  text;
  v_text  jsonb;
  v_told  boolean;
  v_next  integer;
begin
  -- An update tells the old value of each side that it changes. Customers are told the one that they saw, also where the staff saw
  -- others meanwhile.
  if p_field is null then
    if p_from > 0 then
      select o.body -> 'new_value', o.public_seq is not null into v_text, v_told from ticket_event o
      where o.ticket_id = t.id and o.seq = p_from;
    else
      select started_with(k) -> p_part, true into v_text, v_told from ticket k where k.id = t.id;
    end if;
    for v_next in
      select o.seq from ticket_event o
      where o.ticket_id = t.id and o.body -> 'old_value' = v_text
        and (o.seq = p_to or v_told and o.seq = (
          select min(n.seq) from ticket_event n
          where n.ticket_id = t.id and n.seq > p_from and n.type = p_part || '-update' and n.public_seq is not null))
      order by o.seq
    loop
      t := redact_row(t, v_next, array['old_value']);
    end loop;
  elsif p_to is not null then
    t := redact_row(t, p_to, array['old_value']);
  end if;
  if p_from > 0 then
    t := redact_row(t, p_from, array['new_value']);
  end if;
  select k.description, k.priority, k.tags, k.custom_fields, k.source_channel, k.created_by, k.customer_id, k.beginning, k.opening,
         k.command
  into x from ticket k where k.id = t.id;
  v_now := jsonb_build_object('title', t.title, 'description', coalesce(t.description, x.description),
                              'custom_fields', coalesce(t.custom_fields, x.custom_fields));
  v_seen := case when p_field is null then coalesce(t.shown ->> p_part, v_now ->> p_part) end;
  -- A part that came back to what it was is not among those that changed.
  v_start := case when p_from > 0 or p_to is not null then jsonb_build_object(p_part, v_now -> p_part) else '{}' end || x.beginning;
  if p_from = 0 then
    v_start := jsonb_set(v_start, c_path, c_word, false);
  end if;
  if p_to is null then
    v_now := jsonb_set(v_now, c_path, c_word, false);
  end if;
  -- What customers see is of the last event that they see.
  if v_seen is not null then
    if p_from = (select coalesce(max(o.seq), 0) from ticket_event o
                 where o.ticket_id = t.id and o.type = p_part || '-update' and o.public_seq is not null) then
      v_seen := '[redacted]';
    end if;
    t.shown := nullif(case when v_seen = v_now ->> p_part then coalesce(t.shown, '{}') - p_part
                           else coalesce(t.shown, '{}') || jsonb_build_object(p_part, v_seen) end, '{}');
  end if;
  t.title := v_now ->> 'title';
  t.description := v_now ->> 'description';
  t.custom_fields := v_now -> 'custom_fields';
  if p_from = 0 then
    if p_field is null then
      perform trim_words(t.id, p_part);
    else
      -- The values of all fields are one text: those that are left come back by index_unsearched.
      delete from ticket_search s where s.ticket_id = t.id and s.seq = 0 and s.private;
    end if;
    x.opening := redacted_opening(t.title, t.description, x.priority, x.tags, t.custom_fields, x.source_channel, x.created_by,
                                  x.customer_id, v_start);
    x.command := case when x.command is not null then redacted_digest() end;
    update ticket_reference f set id = null where f.ticket = t.id and f.seq = 0 and f.id is not null;
  end if;
  update ticket k set title = t.title, description = t.description, custom_fields = t.custom_fields, beginning = v_start,
                      opening = x.opening, command = x.command
  where k.id = t.id;
  if p_part = 'title' then
    update ticket_resolution r set title = '[redacted]'
    where r.ticket_id = t.id and r.closed_seq > p_from and (p_to is null or r.closed_seq < p_to);
  end if;
end
$$;
revoke all on function ${schema}.redact_value(${schema}.ticket, text, text, integer, integer) from public;

-- Takes members out of one event, and the digest of its command from all events of that command with the id of its reference, if it typed
-- one of them: the old value of a part of the ticket is repeated, and not typed. The event's author is kept from being erased meanwhile, and the ticket is locked.
create or replace function ${schema}.redact_row(inout t ${schema}.ticket, p_seq integer, p_members text[])
language plpgsql
as $$
declare
  x       record;
  v_body  jsonb;
  v_size  integer;
  v_first integer;
  v_last  integer;
begin
  perform pg_advisory_xact_lock_shared(author_lock(e.created_by)) from ticket_event e where e.ticket_id = t.id and e.seq = p_seq;
  select e.type, e.body, e.size, e.command, e.public_seq into x from ticket_event e where e.ticket_id = t.id and e.seq = p_seq;
  v_body := redacted_body(x.body, p_members);
  if v_body = x.body is not false then
    return;
  end if;
  v_size := octet_length(v_body::text);
  update ticket_event e set body = v_body, size = v_size where e.ticket_id = t.id and e.seq = p_seq;
  update attachment a set gone = true
  where a.ticket = t.id and a.seq = p_seq and not a.gone and not exists (
    select from jsonb_array_elements(case jsonb_typeof(v_body -> 'attachments') when 'array' then v_body -> 'attachments' else '[]' end) as k (one)
    where k.one ->> 'id' = a.id::text);
  -- Nothing is found by an old value.
  if p_members && '{content,new_value}' then
    delete from ticket_search s where s.ticket_id = t.id and s.seq = p_seq;
  end if;
  t.weight := t.weight + v_size - x.size;
  if x.public_seq is not null then
    t.public_weight := t.public_weight + v_size - x.size;
  end if;

  if p_members = array['old_value'] and x.type in ('title-update', 'description-update', 'field-removed') then
    return;
  end if;
  update ticket_reference f set id = null
  where f.ticket = t.id and f.id is not null and f.seq > 0 and p_seq between f.seq and f.seq + f.events - 1;
  if x.command <> redacted_digest() then
    -- One after another, since the ticket is locked while they are stored.
    v_first := coalesce((
      select o.seq from ticket_event o where o.ticket_id = t.id and o.seq < p_seq and o.command is distinct from x.command
      order by o.seq desc limit 1), 0);
    v_last := coalesce((
      select o.seq from ticket_event o where o.ticket_id = t.id and o.seq > p_seq and o.command is distinct from x.command
      order by o.seq limit 1), t.last_seq + 1);
    update ticket_event e set command = redacted_digest() where e.ticket_id = t.id and e.seq > v_first and e.seq < v_last;
  end if;
end
$$;
revoke all on function ${schema}.redact_row(${schema}.ticket, integer, text[]) from public;

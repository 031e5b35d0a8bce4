-- Stores the next event of a ticket that is locked. e holds what all events of the command share: who, when, the first one's
-- id, and seq and public_seq before it. What customers see, times and ids, follows from what they see of the history: the id
-- of one of their events is made from that of their event before it, and tells of none that stands between.
create or replace function ${schema}.append_event(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_type text, p_visibility text, p_body jsonb)
language plpgsql
as $$
declare
  c_tick      constant interval := interval '1 microsecond';
  c_at        constant timestamptz := greatest(e.created_at, t.updated_at + c_tick);
  c_public_at constant timestamptz :=
    case p_visibility when 'public' then greatest(e.created_at, t.public_updated_at + c_tick) end;
  c_position constant bigint := event_position(t.id, t.last_seq);
begin
  if t.last_seq > e.seq then
    e.id := following_event_id(t, e, p_visibility);
  end if;
  insert into ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name, created_by_last_name,
                            role, visibility, body, public_seq, public_at, command, size, position)
  values (t.id, t.last_seq + 1, e.id, p_type, c_at, e.created_by, e.created_by_first_name, e.created_by_last_name, e.role,
          p_visibility, p_body, case p_visibility when 'public' then t.last_public_seq + 1 end, c_public_at, e.command,
          octet_length(p_body::text), c_position)
  returning seq, created_at, coalesce(public_seq, t.last_public_seq), coalesce(public_at, t.public_updated_at),
            t.weight + size, t.public_weight + case p_visibility when 'public' then size else 0 end
  into t.last_seq, t.updated_at, t.last_public_seq, t.public_updated_at, t.weight, t.public_weight;
  if not found then
    raise exception 'counterfoil: a trigger kept an event from being written' using errcode = 'triggered_data_change_violation';
  end if;
  if p_type = 'message' and e.role = 'customer' then
    t.snoozed_until := null;
  end if;
  if p_type = 'message' and p_visibility = 'public' then
    t := follow_message(t, e);
  elsif p_type in ('message', 'note-added') then
    t.last_written_seq := t.last_seq;
  end if;
end
$$;
revoke all on function ${schema}.append_event(${schema}.ticket, ${schema}.ticket_event, text, text, jsonb) from public;

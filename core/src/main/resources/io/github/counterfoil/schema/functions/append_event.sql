-- Stores the next event of a ticket that is locked. e holds what all events of the command share: who, when, the first one's
-- id, and seq and public_seq before it. What customers see, times and ids, follows from what they see of the history: the id
-- of one of their events is made from that of their event before it, and tells of none that stands between.
create or replace function ${schema}.append_event(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_type text, p_visibility text, p_body jsonb)
language plpgsql
as $$
declare
  c_tick      constant interval := interval '1 microsecond';
  v_public    constant boolean := p_visibility = 'public';
  v_before    constant integer := e.public_seq;
  v_size      integer;
begin
  t.last_seq := t.last_seq + 1;
  t.updated_at := greatest(e.created_at, t.updated_at + c_tick);
  e.public_seq := null;
  e.public_at := null;
  if v_public then
    t.last_public_seq := t.last_public_seq + 1;
    t.public_updated_at := greatest(e.created_at, t.public_updated_at + c_tick);
    e.public_seq := t.last_public_seq;
    e.public_at := t.public_updated_at;
  end if;
  if t.last_seq > e.seq + 1 then
    if not v_public then
      e.id := following_id(e.id, t.last_seq - e.seq);
    elsif t.last_public_seq = v_before + 1 then
      e.id := following_id(e.id, 0);
    else
      -- Whose number was changed by hand is not found.
      e.id := coalesce(
        (select following_id(x.id, 1) from ticket_event x
         where x.ticket_id = t.id and x.public_seq = t.last_public_seq - 1),
        following_id(e.id, t.last_seq - e.seq));
    end if;
  end if;

  insert into ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name, created_by_last_name,
                            role, visibility, body, public_seq, public_at, command)
  values (t.id, t.last_seq, e.id, p_type, t.updated_at, e.created_by, e.created_by_first_name, e.created_by_last_name,
          e.role, p_visibility, p_body, e.public_seq, e.public_at, e.command)
  returning ticket_event.size into v_size;
  if not found then
    raise exception 'counterfoil: a trigger kept an event from being written' using errcode = 'triggered_data_change_violation';
  end if;
  t.weight := t.weight + v_size;
  if v_public then
    t.public_weight := t.public_weight + v_size;
  end if;
end
$$;
revoke all on function ${schema}.append_event(${schema}.ticket, ${schema}.ticket_event, text, text, jsonb) from public;

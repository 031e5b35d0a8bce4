-- Stores the next event of a ticket that is locked. e holds what all events of the command share: who, when, the first one's
-- id, and the seq before it. What customers see of the time follows from what they see of the history.
create or replace function ${schema}.append_event(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_type text, p_visibility text, p_body jsonb)
language plpgsql
as $$
declare
  c_tick      constant interval := interval '1 microsecond';
  v_public    constant boolean := p_visibility = 'public';
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
    e.id := following_id(e.id, t.last_seq - e.seq);
  end if;

  insert into ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name, created_by_last_name,
                            role, visibility, body, public_seq, public_at, command)
  values (t.id, t.last_seq, e.id, p_type, t.updated_at, e.created_by, e.created_by_first_name, e.created_by_last_name,
          e.role, p_visibility, p_body, e.public_seq, e.public_at, e.command);
  if not found then
    raise exception 'counterfoil: a trigger kept an event from being written' using errcode = 'triggered_data_change_violation';
  end if;
end
$$;
revoke all on function ${schema}.append_event(${schema}.ticket, ${schema}.ticket_event, text, text, jsonb) from public;

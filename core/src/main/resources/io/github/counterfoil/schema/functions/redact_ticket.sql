-- Redacts in a ticket that is locked: {event, members} or {beginning, members}, where no members are all that somebody typed, or
-- {person, most}; each with a reason, or null. For administrators alone.
create or replace function ${schema}.redact_ticket(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  c_members constant text[] := text_array(p_args -> 'members');
  c_reason  constant text := p_args ->> 'reason';
  r         record;
begin
  if e.role <> 'agent' or not is_admin(e.created_by) then
    refusal := 'actor.not_admin';
    subject := e.created_by;
    return;
  end if;
  perform set_guard('redaction', 'on');
  if p_args ? 'person' then
    t := redact_person(t, e, (p_args ->> 'person')::uuid, c_reason, (p_args ->> 'most')::integer);
  else
    if p_args ? 'event' then
      r := redact_event(t, e, (select o.seq from ticket_event o where o.ticket_id = t.id and o.id = (p_args ->> 'event')::uuid),
                        c_members, false, c_reason);
    else
      r := redact_beginning(t, e, c_members, c_reason);
    end if;
    t := r.t;
    refusal := r.refusal;
    field := r.field;
  end if;
  perform set_guard('redaction', '');
  if t.last_seq > e.seq then
    perform forget_kept_aside(array[t.id]);
  end if;
end
$$;
revoke all on function ${schema}.redact_ticket(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;

-- One change to a ticket that is locked. p_change names it and holds its values in args:
--   append        {type, visibility, body, uploads}      title | description | priority  {value}
--   status        {value}                       tag | untag                     {tags}
--   assign | unassign  {worker}                 move                            {customer}
--   set-field     {name, value}                 rate                            {rating, comment}
--   remove-field  {name}                        redact                          what redact_ticket takes
--   add-participant  {customer, kind}           remove-participant              {customer}
--   follow | unfollow  {worker}, or {} for who acts   snooze                      {until}, or {} for no more
-- Beside args: limit, how many or how large; refused_in, the statuses in which it is refused; moves, the status that
-- follows from each; room, the bytes and events at which a ticket is full, and still, how large the change may be then; search, what
-- add_words takes of the last event. Events are stored as it goes on; t comes back as it is to be stored. A customer's change meets the
-- status that the customer sees.
create or replace function ${schema}.change_ticket(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_change jsonb,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  p_args  constant jsonb := p_change -> 'args';
  v_seq   constant integer := t.last_seq;
  v_shown constant integer := t.last_public_seq;
  r       record;
  v_bound jsonb;
begin
  if p_change -> 'refused_in' ? (case e.role when 'customer' then coalesce(t.shown ->> 'status', t.status) else t.status end) then
    refusal := 'status.not_allowed';
    subject := t.id;
    return;
  elsif (t.weight >= (p_change -> 'room' -> 'bytes')::bigint or t.last_seq >= (p_change -> 'room' -> 'events')::bigint)
    and lacks_room(t, e, p_change) then
    refusal := 'ticket.full';
    subject := t.id;
    return;
  end if;

  case p_change ->> 'change'
  when 'append' then
    if p_args ? 'uploads' then
      v_bound := bind_attachments(t, e, p_args -> 'uploads');
      if v_bound is null then
        refusal := 'unknown';
        field := 'uploads';
        return;
      end if;
    end if;
    t := append_event(t, e, p_args ->> 'type', p_args ->> 'visibility', case when v_bound is null then p_args -> 'body' else
      jsonb_set(p_args -> 'body', '{attachments}', (p_args -> 'body' -> 'attachments') || v_bound) end);
  when 'status' then
    -- A customer who sees it so already changes nothing.
    if e.role = 'agent' or coalesce(t.shown ->> 'status', t.status) <> p_args ->> 'value' then
      t := change_status(t, e, p_args ->> 'value', true);
    end if;
  when 'title' then
    t := change_part(t, e, 'title-update', 'public', 'title', t.title, p_args ->> 'value');
    t.title := p_args ->> 'value';
  when 'priority' then
    t := change_priority(t, e, p_args ->> 'value');
  when 'description' then
    t := change_description(t, e, p_args ->> 'value');
  when 'unassign' then
    t := remove_assignment(t, e, p_args, p_args -> 'leaving' is null or coalesce(t.shown ->> 'status', t.status) <> 'closed');
  when 'untag' then
    t := remove_tags(t, e, p_args);
  when 'remove-participant' then
    t := remove_participant(t, e, p_args);
  when 'unfollow' then
    perform unfollow_ticket(t, e, p_args);
  when 'assign', 'tag', 'set-field', 'remove-field', 'move', 'rate', 'redact', 'add-participant', 'follow', 'snooze' then
    case p_change ->> 'change'
    when 'assign' then
      r := add_assignment(t, e, p_args, (p_change -> 'limit')::bigint, coalesce(p_change -> 'moves' ->> t.status, t.status));
    when 'tag' then r := add_tags(t, e, p_args, (p_change -> 'limit')::bigint);
    when 'move' then r := move_to_customer(t, e, p_args);
    when 'rate' then r := rate_resolution(t, e, p_args);
    when 'redact' then r := redact_ticket(t, e, p_args);
    when 'add-participant' then r := add_participant(t, e, p_args, (p_change -> 'limit')::bigint);
    when 'snooze' then r := snooze_ticket(t, e, p_args, (p_change -> 'limit')::bigint);
    when 'follow' then r := follow_ticket(t, e, p_args, (p_change -> 'limit')::bigint);
    else r := change_field(t, e, p_args, (p_change -> 'limit')::bigint);
    end case;
    t := r.t;
    refusal := r.refusal;
    field := r.field;
    "limit" := r."limit";
    subject := r.subject;
  end case;

  if p_change ? 'search' and refusal is null and t.last_seq > v_seq then
    perform add_words(t.id, t.customer_id, t.created_at, t.last_seq, p_change -> 'search', t.last_public_seq > v_shown);
  end if;

  -- A move follows from something that happened: a change that changed nothing moves nothing, and one that customers do not see
  -- moves nothing for them.
  if p_change ? 'moves' and refusal is null and t.last_seq > v_seq then
    if t.last_public_seq > v_shown and p_change -> 'moves' ? coalesce(t.shown ->> 'status', t.status) then
      t := change_status(t, e, p_change -> 'moves' ->> coalesce(t.shown ->> 'status', t.status), true);
    elsif p_change -> 'moves' ? t.status then
      t := change_status(t, e, p_change -> 'moves' ->> t.status, false);
    end if;
  end if;
end
$$;
revoke all on function ${schema}.change_ticket(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;

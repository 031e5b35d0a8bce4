-- One command of one or several changes to one ticket: one statement for the caller, atomic by itself. A function and not a
-- data-modifying CTE, because a CTE sees one snapshot, taken before its row lock was granted: here every statement after the
-- lock sees what earlier commands on the ticket committed. Refusals come back as columns, so that they never abort the
-- caller's transaction. p_changes is an array of what change_ticket takes, p_reference what claim_reference takes, or null. What was
-- stored before is answered with the ticket that it is of, which under a reference may be another.
create or replace function ${schema}.apply_command(
  p_ticket_id uuid,
  p_actor_id  uuid,
  p_role      text,
  p_event_id  uuid,
  p_command   uuid,
  p_expected  integer,
  p_now       timestamptz,
  p_changes   jsonb,
  p_reference jsonb,
  p_patience  integer,
  p_durable   boolean
) returns table (
  ticket_id uuid, outcome text, refusal text, field text, "limit" bigint, subject uuid, place integer, version integer,
  public_version integer, seq integer, id uuid, type text, created_at timestamptz, created_by uuid, created_by_first_name text,
  created_by_last_name text, role text, visibility text, body jsonb, public_seq integer, public_at timestamptz)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  t         ticket;
  -- What all events of the command share; seq and public_seq are the ticket's last ones before it.
  e         ticket_event;
  r         record;
  v_first   integer;
  v_command uuid;
  v_blocked boolean;
  -- How a customer takes part whose ticket it is not.
  v_kind    text;
  v_timeout text;
  v_done    text;
  -- What the reference was given with before; whether it was not.
  f         ticket_reference;
  v_claimed boolean := false;
begin
  ticket_id := p_ticket_id;
  -- Null where another function has begun.
  if p_patience is not null then
    v_timeout := begin_call(p_patience, p_durable);
  end if;
  v_done := set_guard('command', 'on');
  -- The lock comes first: every statement below sees all that was committed before it was granted. What is large stays null until
  -- a change looks at it. The participants are asked for by the parameter and not by the row: where a lock is waited for, PostgreSQL 18
  -- crashes as it prunes the partitions of a subquery by a row that has changed meanwhile.
  select x.id, x.title, x.status, x.priority, x.tags, x.source_channel, x.created_at, x.updated_at, x.customer_id, x.last_seq,
         x.last_public_seq, x.public_updated_at, x.closed_seq, x.weight, x.public_weight, x.shown,
         x.shown_assigned_to, x.last_written_seq, x.last_message_seq, x.first_response_seq, x.first_response_at,
         x.status_since, x.assigned, x.snoozed_until
  into t.id, t.title, t.status, t.priority, t.tags, t.source_channel, t.created_at, t.updated_at, t.customer_id, t.last_seq,
       t.last_public_seq, t.public_updated_at, t.closed_seq, t.weight, t.public_weight, t.shown,
       t.shown_assigned_to, t.last_written_seq, t.last_message_seq, t.first_response_seq, t.first_response_at,
       t.status_since, t.assigned, t.snoozed_until
  from ticket x
  where x.id = p_ticket_id
    and (p_role = 'agent' or x.customer_id = p_actor_id
      or exists (select from ticket_participant p where p.ticket_id = p_ticket_id and p.customer_id = p_actor_id))
  for update;
  v_done := hold_author(p_role, p_actor_id);
  -- Who acts, and the first event of the command if it was stored before.
  if p_role = 'agent' then
    select t.last_seq, t.last_public_seq, p_event_id, coalesce(p_now, clock_timestamp()), w.id, w.first_name, w.last_name,
           p_role, p_command, x.seq, x.command
    into e.seq, e.public_seq, e.id, e.created_at, e.created_by, e.created_by_first_name, e.created_by_last_name,
         e.role, e.command, v_first, v_command
    from worker w left join ticket_event x on x.ticket_id = p_ticket_id and x.id = p_event_id
    where w.id = p_actor_id and (w.active or p_changes -> 0 -> 'args' ? 'leaving');
  else
    select t.last_seq, t.last_public_seq, p_event_id, coalesce(p_now, clock_timestamp()), c.id, c.first_name, c.last_name,
           p_role, p_command, x.seq, x.command, c.blocked or c.erased, p.kind
    into e.seq, e.public_seq, e.id, e.created_at, e.created_by, e.created_by_first_name, e.created_by_last_name,
         e.role, e.command, v_first, v_command, v_blocked, v_kind
    from customer c
    left join ticket_event x on x.ticket_id = p_ticket_id and x.id = p_event_id
    -- Again, after the lock: who was taken out while this waited takes part no more.
    left join ticket_participant p on t.customer_id <> p_actor_id and p.ticket_id = p_ticket_id and p.customer_id = p_actor_id
    where c.id = p_actor_id;
  end if;
  if not found then
    select x.seq, x.command into v_first, v_command from ticket_event x
    where x.ticket_id = p_ticket_id and x.id = p_event_id;
  end if;

  if p_reference is not null and e.created_by is not null and v_command is distinct from p_command then
    f := claim_reference(p_reference, p_ticket_id, coalesce(t.last_seq, 0) + 1);
    v_claimed := f.key is null;
  end if;

  -- What was stored is told whatever became of rights and of the ticket since. The id holds who acts.
  if v_command = p_command then
    outcome := 'replayed';
    select max(x.seq), max(x.public_seq) into version, public_version from ticket_event x
    where x.ticket_id = p_ticket_id and x.seq >= v_first and x.command = p_command;
  elsif f.key is not null then
    outcome := 'replayed';
    ticket_id := f.ticket;
    v_first := f.seq;
    version := f.seq + greatest(f.events, 1) - 1;
    select max(x.public_seq) into public_version from ticket_event x
    where x.ticket_id = f.ticket and x.seq between v_first and version;
  elsif e.created_by is null then
    refusal := 'actor.unknown';
    subject := p_actor_id;
  elsif v_blocked then
    refusal := 'actor.blocked';
    subject := p_actor_id;
  elsif t.id is null or p_role = 'customer' and t.customer_id <> p_actor_id and v_kind is null then
    refusal := 'ticket.not_found';
    subject := p_ticket_id;
  elsif v_first is not null then
    refusal := case v_command when redacted_digest() then 'command_id.redacted' else 'command_id.reused' end;
  elsif v_kind is not distinct from 'copy' and beyond_copy(p_changes) is not null then
    refusal := 'actor.in_copy';
    subject := p_actor_id;
    place := case when jsonb_array_length(p_changes) > 1 then beyond_copy(p_changes) end;
  elsif p_expected <> (case p_role when 'customer' then t.last_public_seq else t.last_seq end) then
    refusal := 'ticket.stale';
    subject := t.id;
    version := t.last_seq;
    public_version := t.last_public_seq;
  else
    if jsonb_array_length(p_changes) = 1 then
      r := change_ticket(t, e, p_changes -> 0);
    else
      r := change_ticket_all(t, e, p_changes);
      if r.refusal is not null then
        place := r.place;
      end if;
    end if;
    if r.refusal is not null then
      refusal := r.refusal;
      field := r.field;
      "limit" := r."limit";
      subject := r.subject;
    else
      t := r.t;
      version := t.last_seq;
      public_version := t.last_public_seq;
      if version = e.seq then
        outcome := 'unchanged';
      else
        outcome := 'applied';
        v_first := e.seq + 1;
        v_done := store_ticket(t);
      end if;
    end if;
  end if;

  if v_claimed then
    perform settle_reference(
      p_reference, p_ticket_id, coalesce(e.seq, 0) + 1, case outcome when 'applied' then version - e.seq else 0 end);
  end if;
  if v_first is not null and refusal is null then
    return query
      select x.ticket_id, outcome, null::text, null::text, null::bigint, null::uuid, null::integer, version, public_version,
             x.seq, x.id, x.type, x.created_at, x.created_by, x.created_by_first_name, x.created_by_last_name, x.role,
             x.visibility, x.body, x.public_seq, x.public_at
      from ticket_event x
      where x.ticket_id = coalesce(f.ticket, p_ticket_id) and x.seq between v_first and version
        and (f.key is not null or x.command = p_command)
      order by x.seq;
  end if;
  -- An opening has no event.
  if v_first is null or refusal is not null or not found then
    return next;
  end if;
  v_done := set_guard('command', '');
  if v_timeout is not null then
    v_done := set_config('lock_timeout', v_timeout, true);
  end if;
end
$$;
revoke all on function ${schema}.apply_command(uuid, uuid, text, uuid, uuid, integer, timestamptz, jsonb, jsonb, integer, boolean) from public;

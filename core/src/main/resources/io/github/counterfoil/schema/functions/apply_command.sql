-- One command of one or several changes to one ticket: one statement for the caller, atomic by itself. A function and not a
-- data-modifying CTE, because a CTE sees one snapshot, taken before its row lock was granted: here every statement after the
-- lock sees what earlier commands on the ticket committed. Refusals come back as columns, so that they never abort the
-- caller's transaction. p_changes is an array of what change_ticket takes.
create or replace function ${schema}.apply_command(
  p_ticket_id uuid,
  p_actor_id  uuid,
  p_role      text,
  p_event_id  uuid,
  p_command   uuid,
  p_expected  integer,
  p_now       timestamptz,
  p_changes   jsonb,
  p_patience  integer,
  p_durable   boolean
) returns table (
  outcome text, refusal text, field text, "limit" bigint, subject uuid, version integer, public_version integer,
  seq integer, id uuid, type text, created_at timestamptz, created_by uuid, created_by_first_name text,
  created_by_last_name text, role text, visibility text, body jsonb, public_seq integer, public_at timestamptz)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  t         ticket;
  -- What all events of the command share; seq is the ticket's last one before it.
  e         ticket_event;
  r         record;
  v_first   integer;
  v_timeout text;
begin
  -- Null where another function has begun.
  if p_patience is not null then
    v_timeout := begin_call(p_patience, p_durable);
  end if;
  -- Given back at the end; what is thrown takes it back by itself.
  perform set_config('counterfoil.command', 'on', true);
  -- The lock comes first: every statement below sees all that was committed before it was granted.
  select * into t from ticket
  where ticket.id = p_ticket_id and (p_role = 'agent' or ticket.customer_id = p_actor_id) for update;
  perform hold_author(p_role, p_actor_id);
  if p_role = 'agent' then
    select w.first_name, w.last_name into e.created_by_first_name, e.created_by_last_name
    from worker w where w.id = p_actor_id and w.active;
  else
    select c.first_name, c.last_name into e.created_by_first_name, e.created_by_last_name
    from customer c where c.id = p_actor_id;
  end if;

  select x.seq, x.command into v_first, e.command from ticket_event x
  where x.ticket_id = p_ticket_id and x.id = p_event_id;
  -- What was stored is told whatever became of rights and of the ticket since. The id holds who acts.
  if e.command = p_command then
    outcome := 'replayed';
  elsif e.created_by_first_name is null then
    refusal := 'actor.unknown';
    subject := p_actor_id;
  elsif t.id is null then
    refusal := 'ticket.not_found';
    subject := p_ticket_id;
  else
    version := t.last_seq;
    public_version := t.last_public_seq;
    if v_first is not null then
      refusal := 'command_id.reused';
    elsif p_expected <> (case p_role when 'customer' then t.last_public_seq else t.last_seq end) then
      refusal := 'ticket.stale';
      subject := t.id;
    else
      e.seq := t.last_seq;
      e.public_seq := t.last_public_seq;
      e.id := p_event_id;
      e.created_at := coalesce(p_now, clock_timestamp());
      e.created_by := p_actor_id;
      e.role := p_role;
      e.command := p_command;
      -- Large, and mostly not looked at: null until a change needs them, and left as stored if none does.
      t.description := null;
      t.custom_fields := null;
      t.beginning := null;
      r := change_ticket_all(t, e, p_changes);
      t := r.t;
      refusal := r.refusal;
      field := r.field;
      "limit" := r."limit";
      subject := r.subject;
      if refusal is null then
        outcome := case when t.last_seq = e.seq then 'unchanged' else 'applied' end;
      end if;
      if outcome = 'applied' then
        perform store_ticket(t);
        v_first := e.seq + 1;
      end if;
    end if;
  end if;

  if outcome in ('applied', 'replayed') then
    return query
      select outcome, null::text, null::text, null::bigint, null::uuid, max(x.seq) over (), max(x.public_seq) over (),
             x.seq, x.id, x.type, x.created_at, x.created_by, x.created_by_first_name, x.created_by_last_name, x.role,
             x.visibility, x.body, x.public_seq, x.public_at
      from ticket_event x
      where x.ticket_id = p_ticket_id and x.seq >= v_first and x.command = p_command
      order by x.seq;
  else
    return next;
  end if;
  perform set_config('counterfoil.command', '', true);
  if v_timeout is not null then
    perform set_config('lock_timeout', v_timeout, true);
  end if;
end
$$;
revoke all on function ${schema}.apply_command(uuid, uuid, text, uuid, uuid, integer, timestamptz, jsonb, integer, boolean) from public;

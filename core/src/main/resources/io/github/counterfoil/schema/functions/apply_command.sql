-- One command, one statement for the caller, atomic by itself. A function and not a data-modifying CTE, because a CTE sees
-- one snapshot, taken before its row lock was granted: here every statement after the lock sees what earlier commands on
-- the ticket committed. Refusals come back as rows, so that they never abort the caller's transaction.
-- p_change names what is done, p_args holds its values:
--   append        {type, visibility, body}      priority | title | description  {value}
--   status        {value}                       tag | untag                     {tags}
--   assign | unassign  {worker}                 move                            {customer}
--   set-field     {name, value}                 rate                            {rating, comment}
--   remove-field  {name}
-- and, for any of them: refused_in, the statuses in which it is refused, and moves, the status that follows from each.
create or replace function ${schema}.apply_command(
  p_ticket_id uuid,
  p_actor_id  uuid,
  p_role      text,
  p_event_id  uuid,
  p_command   uuid,
  p_expected  integer,
  p_now       timestamptz,
  p_change    text,
  p_args      jsonb
) returns table (
  outcome text, detail text, version integer, public_version integer,
  seq integer, id uuid, type text, created_at timestamptz, created_by uuid, created_by_first_name text,
  created_by_last_name text, role text, visibility text, body jsonb, public_seq integer, public_at timestamptz)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  c_tick         constant interval := interval '1 microsecond';
  t              ticket;
  v_first_seq    integer;
  v_stored       uuid;
  v_first_name   text;
  v_last_name    text;
  v_now          timestamptz;
  v_at           timestamptz;
  v_public_at    timestamptz;
  v_types        text[]  := '{}';
  v_visibilities text[]  := '{}';
  v_bodies       jsonb[] := '{}';
  v_status       text;
  v_count        integer;
  v_public       integer;
begin
  -- Given back on each way out; what is thrown takes it back by itself.
  perform set_config('counterfoil.command', 'on', true);
  <<work>>
  begin
    -- The lock comes first: every statement below sees all that was committed before it was granted.
    select * into t from ticket
    where ticket.id = p_ticket_id and (p_role = 'agent' or ticket.customer_id = p_actor_id) for update;

    if p_role = 'agent' then
      select w.first_name, w.last_name into v_first_name, v_last_name from worker w where w.id = p_actor_id and w.active;
    else
      select c.first_name, c.last_name into v_first_name, v_last_name from customer c where c.id = p_actor_id;
    end if;
    outcome := case when v_first_name is null then 'actor-unknown' when t.id is null then 'not-found' end;
    if outcome is not null then
      return next;
      exit work;
    end if;
    version := t.last_seq;
    public_version := t.last_public_seq;

    select e.seq, e.command into v_first_seq, v_stored from ticket_event e
    where e.ticket_id = p_ticket_id and e.id = p_event_id;
    if v_first_seq is not null then
      if v_stored is distinct from p_command then
        outcome := 'command-id-reused';
        return next;
        exit work;
      end if;
      return query
        select 'replayed', null::text, max(e.seq) over (), max(e.public_seq) over (), e.seq, e.id, e.type, e.created_at,
               e.created_by, e.created_by_first_name, e.created_by_last_name, e.role, e.visibility, e.body, e.public_seq,
               e.public_at
        from ticket_event e
        where e.ticket_id = p_ticket_id and e.seq >= v_first_seq and e.command = p_command
        order by e.seq;
      exit work;
    end if;

    outcome := case
      when p_expected <> case p_role when 'customer' then t.last_public_seq else t.last_seq end then 'stale'
      when p_args -> 'refused_in' ? t.status then 'refused'
    end;
    if outcome is not null then
      detail := t.status;
      return next;
      exit work;
    end if;

    -- What customers see of the time follows from what they see of the history.
    v_now := coalesce(p_now, clock_timestamp());
    v_at := greatest(v_now, t.updated_at + c_tick);
    v_public_at := greatest(v_now, t.public_updated_at + c_tick);
    v_status := coalesce(p_args -> 'moves' ->> t.status, t.status);

    case p_change
    when 'append' then
      v_types := array[p_args ->> 'type'];
      v_visibilities := array[p_args ->> 'visibility'];
      v_bodies := array[p_args -> 'body'];

    when 'status' then
      v_status := p_args ->> 'value';

    when 'assign' then
      perform from worker w where w.id = (p_args ->> 'worker')::uuid and w.active for share;
      if not found then
        outcome := 'worker-unknown';
      elsif (select count(*) from ticket_assignment a where a.ticket_id = t.id) >= 100 then
        outcome := 'too-many';
        detail := 'assigned_to 100';
      else
        insert into ticket_assignment (ticket_id, worker_id, assigned_at)
        values (t.id, (p_args ->> 'worker')::uuid, v_at) on conflict do nothing;
        if found then
          v_types := array['assignment-added'];
          v_visibilities := array['public'];
          v_bodies := array[jsonb_build_object('agent_id', p_args ->> 'worker')];
        end if;
      end if;

    when 'unassign' then
      delete from ticket_assignment a where a.ticket_id = t.id and a.worker_id = (p_args ->> 'worker')::uuid;
      if found then
        v_types := array['assignment-removed'];
        v_visibilities := array['public'];
        v_bodies := array[jsonb_build_object('agent_id', p_args ->> 'worker')];
      end if;

    when 'set-field', 'remove-field' then
      if t.custom_fields -> (p_args ->> 'name') is distinct from p_args -> 'value' then
        if t.custom_fields ? (p_args ->> 'name') then
          v_types := array['field-removed'];
          v_visibilities := array['private'];
          v_bodies := array[jsonb_build_object(
            'field_name', p_args ->> 'name', 'old_value', t.custom_fields -> (p_args ->> 'name'))];
          t.custom_fields := t.custom_fields - (p_args ->> 'name');
        end if;
        if p_change = 'set-field' then
          v_types := v_types || 'field-added'::text;
          v_visibilities := v_visibilities || 'private'::text;
          v_bodies := v_bodies || jsonb_build_object('field_name', p_args ->> 'name', 'new_value', p_args -> 'value');
          t.custom_fields := t.custom_fields || jsonb_build_object(p_args ->> 'name', p_args -> 'value');
          if octet_length(t.custom_fields::text) > 262144 then
            outcome := 'too-many';
            detail := 'custom_fields 262144';
          end if;
        end if;
      end if;

    when 'priority', 'title', 'description' then
      if to_jsonb(t) ->> p_change <> p_args ->> 'value' then
        v_types := array[p_change || '-update'];
        v_visibilities := array['public'];
        v_bodies := array[jsonb_build_object('old_value', to_jsonb(t) ->> p_change, 'new_value', p_args ->> 'value')];
        t := jsonb_populate_record(t, jsonb_build_object(p_change, p_args ->> 'value'));
      end if;

    when 'tag', 'untag' then
      select coalesce(array_agg('tag-' || case p_change when 'tag' then 'added' else 'removed' end), '{}'),
             coalesce(array_agg('private'::text), '{}'),
             coalesce(array_agg(jsonb_build_object('tag', tag) order by n), '{}')
      into v_types, v_visibilities, v_bodies
      from jsonb_array_elements_text(p_args -> 'tags') with ordinality as given (tag, n)
      where (tag = any (t.tags)) = (p_change = 'untag');
      if p_change = 'tag' then
        t.tags := t.tags || array(select b ->> 'tag' from unnest(v_bodies) with ordinality as x (b, n) order by n);
        if cardinality(t.tags) > 50 then
          outcome := 'too-many';
          detail := 'tags 50';
        end if;
      else
        t.tags := array(select tag from unnest(t.tags) with ordinality as x (tag, n)
                        where not p_args -> 'tags' ? tag order by n);
      end if;

    when 'move' then
      perform from customer c where c.id = (p_args ->> 'customer')::uuid;
      if not found then
        outcome := 'customer-unknown';
      elsif t.customer_id <> (p_args ->> 'customer')::uuid then
        v_types := array['customer-update'];
        v_visibilities := array['private'];
        v_bodies := array[jsonb_build_object('old_value', t.customer_id, 'new_value', p_args ->> 'customer')];
        t.customer_id := (p_args ->> 'customer')::uuid;
      end if;

    when 'rate' then
      insert into ticket_feedback (ticket_id, closed_seq, customer_id, rating, comment, submitted_at)
      values (t.id, t.closed_seq, t.customer_id, (p_args ->> 'rating')::smallint, p_args ->> 'comment', v_public_at)
      on conflict do nothing;
      if found then
        v_types := array['feedback-submitted'];
        v_visibilities := array['public'];
        v_bodies := array[jsonb_build_object('rating', p_args -> 'rating', 'comment', p_args -> 'comment')];
      else
        outcome := 'feedback-exists';
      end if;
    end case;

    if outcome is not null then
      return next;
      exit work;
    end if;

    -- A move follows from something that happened: a command that changed nothing moves nothing.
    if v_status <> t.status and (p_change = 'status' or cardinality(v_types) > 0) then
      v_types := v_types || 'status-update'::text;
      v_visibilities := v_visibilities || 'public'::text;
      v_bodies := v_bodies || jsonb_build_object('old_value', t.status, 'new_value', v_status);
      t.status := v_status;
      t.closed_seq := case v_status when 'closed' then t.last_seq + cardinality(v_types) end;
      if v_status = 'closed' then
        insert into ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
        select t.id, t.closed_seq, a.worker_id, t.title, a.assigned_at, v_at + (cardinality(v_types) - 1) * c_tick
        from ticket_assignment a where a.ticket_id = t.id;
      end if;
    end if;

    v_count := cardinality(v_types);
    if v_count = 0 then
      outcome := 'unchanged';
      return next;
      exit work;
    end if;
    v_public := cardinality(array_positions(v_visibilities, 'public'));

    update ticket set
      title = t.title, description = t.description, status = t.status, priority = t.priority, tags = t.tags,
      custom_fields = t.custom_fields, customer_id = t.customer_id, closed_seq = t.closed_seq,
      beginning = case when title <> t.title then jsonb_build_object('title', title) else '{}' end
        || case when description <> t.description then jsonb_build_object('description', description) else '{}' end
        || case when priority <> t.priority then jsonb_build_object('priority', priority) else '{}' end
        || case when tags <> t.tags then jsonb_build_object('tags', tags) else '{}' end
        || case when custom_fields <> t.custom_fields then jsonb_build_object('custom_fields', custom_fields) else '{}' end
        || case when customer_id <> t.customer_id then jsonb_build_object('customer_id', customer_id) else '{}' end
        || beginning,
      last_seq = t.last_seq + v_count, last_public_seq = t.last_public_seq + v_public,
      updated_at = v_at + (v_count - 1) * c_tick,
      public_updated_at = case v_public when 0 then t.public_updated_at else v_public_at + (v_public - 1) * c_tick end
    where ticket.id = t.id;
    if not found then
      raise exception 'counterfoil: a trigger kept a ticket from being written' using errcode = 'triggered_data_change_violation';
    end if;

    return query
      insert into ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name,
                                created_by_last_name, role, visibility, body, public_seq, public_at, command)
      select t.id, t.last_seq + e.n, case e.n when 1 then p_event_id else following_id(p_event_id, e.n) end, e.type,
             v_at + (e.n - 1) * c_tick, p_actor_id, v_first_name, v_last_name, p_role, e.visibility, e.body,
             t.last_public_seq + e.public_n, v_public_at + (e.public_n - 1) * c_tick, p_command
      from (select x.type, x.visibility, x.body, x.n::integer as n,
                   case x.visibility when 'public'
                     then (count(*) filter (where x.visibility = 'public') over (order by x.n))::integer end as public_n
            from unnest(v_types, v_visibilities, v_bodies) with ordinality as x (type, visibility, body, n)) e
      order by e.n
      returning 'applied', null::text, t.last_seq + v_count, t.last_public_seq + v_public,
                seq, id, type, created_at, created_by, created_by_first_name, created_by_last_name, role, visibility,
                body, public_seq, public_at;
    if not found then
      raise exception 'counterfoil: a trigger kept an event from being written' using errcode = 'triggered_data_change_violation';
    end if;
  end work;
  perform set_config('counterfoil.command', '', true);
end
$$;
revoke all on function ${schema}.apply_command(uuid, uuid, text, uuid, uuid, integer, timestamptz, text, jsonb) from public;

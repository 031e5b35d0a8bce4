-- The last step with an imported ticket, which is locked, as its people are. p_added says that its row was stored just now. What
-- is stored must be what is given, from the beginning on; then the rest is stored.
create or replace function ${schema}.import_ticket(p_one jsonb, p_added boolean) returns text
language plpgsql
as $$
declare
  given   record;
  t       record;
  v_shown integer;
  v_size  bigint;
  v_seen  bigint;
begin
  given := jsonb_populate_record(null::ticket, p_one);
  select * into t from ticket where ticket.id = given.id;
  if p_added then
    t.last_seq := 0;
    t.last_public_seq := 0;
    t.weight := 0;
    t.public_weight := 0;
  elsif (t.opening, t.created_at, t.source_channel) is distinct from (given.opening, given.created_at, given.source_channel) then
    return 'beginning.diverged';
  elsif imported_differently(p_one -> 'events', given.id) then
    return 'events.diverged';
  elsif t.last_seq >= given.last_seq then
    return 'present';
  end if;

  -- The customers' numbers go on where they are: what a host shows may have changed since.
  insert into ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name, created_by_last_name, role,
                            visibility, body, size, public_seq, public_at)
  select given.id, x.seq, x.id, x.type, x.created_at, x.created_by,
         coalesce(case when not a.erased then x.created_by_first_name end, a.first_name),
         coalesce(case when not a.erased then x.created_by_last_name end, a.last_name),
         x.role, x.visibility, x.body, octet_length(x.body::text),
         case when x.shown then t.last_public_seq + count(*) filter (where x.shown) over (order by x.seq) end,
         case when x.shown then x.created_at end
  from jsonb_to_recordset(p_one -> 'events') as x (
    seq integer, id uuid, type text, created_at timestamptz, created_by uuid, created_by_first_name text,
    created_by_last_name text, role text, visibility text, body jsonb, shown boolean)
  cross join lateral (
    select w.first_name, w.last_name, w.erased from worker w where x.role = 'agent' and w.id = x.created_by
    union all
    select c.first_name, c.last_name, c.erased from customer c where x.role = 'customer' and c.id = x.created_by) as a
  where x.seq > t.last_seq order by x.seq;

  select count(e.public_seq), coalesce(sum(e.size), 0), coalesce(sum(e.size) filter (where e.public_seq is not null), 0)
  into v_shown, v_size, v_seen from ticket_event e where e.ticket_id = given.id and e.seq > t.last_seq;
  update ticket set weight = t.weight + v_size, public_weight = t.public_weight + v_seen where ticket.id = given.id;
  if not p_added then
    update ticket set
      title = given.title, description = given.description, status = given.status, priority = given.priority, tags = given.tags,
      custom_fields = given.custom_fields, updated_at = given.updated_at, customer_id = given.customer_id,
      last_seq = given.last_seq, last_public_seq = t.last_public_seq + v_shown, closed_seq = given.closed_seq,
      public_updated_at = case v_shown when 0 then t.public_updated_at else given.public_updated_at end,
      beginning = given.beginning
    where ticket.id = given.id;
    delete from ticket_assignment a where a.ticket_id = given.id;
  end if;

  insert into ticket_assignment (ticket_id, worker_id, assigned_at, status, ticket_created_at)
  select given.id, x.worker_id, x.assigned_at, given.status, given.created_at
  from jsonb_populate_recordset(null::ticket_assignment, p_one -> 'assignments') as x;
  insert into ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
  select given.id, x.closed_seq, x.worker_id, x.title, x.assigned_at, x.resolved_at
  from jsonb_populate_recordset(null::ticket_resolution, p_one -> 'resolutions') as x
  on conflict do nothing;
  insert into ticket_feedback (ticket_id, closed_seq, customer_id, rating, comment, submitted_at)
  select given.id, x.closed_seq, x.customer_id, x.rating, x.comment, x.submitted_at
  from jsonb_populate_recordset(null::ticket_feedback, p_one -> 'feedback') as x
  on conflict do nothing;
  perform add_channel(given.customer_id, given.source_channel);
  return 'imported';
end
$$;
revoke all on function ${schema}.import_ticket(jsonb, boolean) from public;

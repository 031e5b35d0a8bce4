-- Stores what follows from the events of imported tickets beside their rows: what lists are read from, who is assigned, who takes part,
-- resolutions, feedback, what figures are made of, and channels that their customers have used. What was there before is there once.
-- p_open is what store_imported takes.
create or replace function ${schema}.store_imported_parts(p_open ${schema}.ticket[], p jsonb) returns void
language plpgsql
as $$
begin
  insert into ticket_activity (ticket_id, updated_at, status)
  select o.id, o.updated_at, o.status from unnest(p_open) as o;
  insert into ticket_tag (ticket_id, tag, status, priority, ticket_created_at)
  select o.id, x.tag, o.status, o.priority, o.created_at
  from unnest(p_open) as o cross join lateral unnest(o.tags) as x (tag) where length(x.tag) <= 64;
  insert into ticket_assignment (ticket_id, worker_id, assigned_at, status, priority, ticket_created_at)
  select x.ticket_id, x.worker_id, x.assigned_at, o.status, o.priority, o.created_at
  from unnest(p_open) as o
  join jsonb_to_recordset(p) as t (id uuid, assignments jsonb) on t.id = o.id
  cross join lateral jsonb_populate_recordset(null::ticket_assignment, t.assignments) as x;
  insert into ticket_participant (ticket_id, customer_id, kind, ticket_created_at)
  select x.ticket_id, x.customer_id, x.kind, o.created_at
  from unnest(p_open) as o
  join jsonb_to_recordset(p) as t (id uuid, participants jsonb) on t.id = o.id
  cross join lateral jsonb_populate_recordset(null::ticket_participant, t.participants) as x;
  insert into ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
  select x.ticket_id, x.closed_seq, x.worker_id, x.title, x.assigned_at, x.resolved_at
  from unnest(p_open) as o
  join jsonb_to_recordset(p) as t (id uuid, resolutions jsonb) on t.id = o.id
  cross join lateral jsonb_populate_recordset(null::ticket_resolution, t.resolutions) as x
  on conflict do nothing;
  insert into ticket_feedback (ticket_id, closed_seq, customer_id, rating, comment, submitted_at, private)
  select x.ticket_id, x.closed_seq, x.customer_id, x.rating, x.comment, x.submitted_at, x.private
  from unnest(p_open) as o
  join jsonb_to_recordset(p) as t (id uuid, feedback jsonb) on t.id = o.id
  cross join lateral jsonb_populate_recordset(null::ticket_feedback, t.feedback) as x
  on conflict (ticket_id, closed_seq) do update set
    customer_id = excluded.customer_id, rating = excluded.rating, comment = excluded.comment,
    submitted_at = excluded.submitted_at, private = excluded.private
  where ticket_feedback.private and not excluded.private;
  insert into ticket_fact (ticket_id, opened_at, at, seq, kind)
  select o.id, o.created_at, x.at, x.seq, x.kind
  from unnest(p_open) as o
  join jsonb_to_recordset(p) as t (id uuid, turns jsonb) on t.id = o.id
  cross join lateral jsonb_populate_recordset(null::ticket_fact, t.turns) as x
  on conflict do nothing;
  insert into ticket_fact (ticket_id, opened_at, at, seq, kind, worker_id)
  select o.id, o.created_at, e.created_at, e.seq, 'responded', e.created_by
  from unnest(p_open) as o join ticket_event e on e.ticket_id = o.id and e.seq = o.first_response_seq
  on conflict do nothing;
  perform add_channel(x.customer_id, x.source_channel)
  from (
    select o.customer_id, o.source_channel from unnest(p_open) with ordinality as o
    join customer c on c.id = o.customer_id and o.source_channel is not null and o.source_channel <> all (c.communication_channels)
    order by o.ordinality
  ) as x;
end
$$;
revoke all on function ${schema}.store_imported_parts(${schema}.ticket[], jsonb) from public;

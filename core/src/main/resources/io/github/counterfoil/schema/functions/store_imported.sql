-- Stores the events of imported tickets that are not stored yet, so many. The tickets are locked, as their people are. p_open
-- holds the tickets as they are to be, but for last_seq, which is as it was, and last_public_seq, after which the given events
-- are counted.
create or replace function ${schema}.store_imported(p_open ${schema}.ticket[], p jsonb, p_count bigint) returns void
language plpgsql
as $$
declare
  -- Known beforehand, so that they are looked up however many others there are.
  c_people constant uuid[] := array(
    select distinct m.id from jsonb_to_recordset(p) as t (people jsonb)
    cross join lateral jsonb_to_recordset(t.people) as m (id uuid));
  v_stored bigint;
begin
  insert into ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name, created_by_last_name, role,
                            visibility, body, size, public_seq, public_at, position)
  select o.id, e.seq, e.id, e.type, e.created_at, e.created_by,
         coalesce(case when not a.erased then e.created_by_first_name end, a.first_name),
         coalesce(case when not a.erased then e.created_by_last_name end, a.last_name),
         e.role, e.visibility, e.body, octet_length(e.body::text), o.last_public_seq + e.public_seq,
         case when e.public_seq is not null then e.created_at end, o.stored_at
  -- Once for a ticket, which is what the offset is for.
  from (select x.id, x.last_seq, x.last_public_seq, event_position(x.id, x.last_seq) as stored_at from unnest(p_open) as x offset 0) as o
  join imported_events(p) as e on e.ticket_id = o.id and e.seq > o.last_seq
  join (
    select 'agent' as role, w.id, w.first_name, w.last_name, w.erased from worker w where w.id = any (c_people)
    union all
    select 'customer', c.id, c.first_name, c.last_name, c.erased from customer c where c.id = any (c_people)
  ) as a on a.role = e.role and a.id = e.created_by;
  get diagnostics v_stored = row_count;
  if v_stored < p_count then
    raise exception 'counterfoil: a trigger kept an event from being written' using errcode = 'triggered_data_change_violation';
  end if;
end
$$;
revoke all on function ${schema}.store_imported(${schema}.ticket[], jsonb, bigint) from public;

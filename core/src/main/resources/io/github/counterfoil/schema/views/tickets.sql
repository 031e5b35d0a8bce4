-- Times within JSON are in UTC, whatever the session's time zone, here and in the views beside it.
-- An array of jsonb holds less than 256 MiB, and who reads has less memory still. Of a ticket that is too large for 32 MiB, at
-- 512 bytes an event beside its body, the newest events and the newest notes that fit are shown.
create or replace view ${schema}.tickets with (security_invoker = true) as
select
  t.id,
  t.title,
  t.description,
  t.status,
  t.priority,
  t.tags,
  t.custom_fields,
  (select jsonb_build_object('events', coalesce(
    (select jsonb_agg(e.body || jsonb_build_object(
        'id', e.id,
        'type', e.type,
        'created_at', (to_jsonb(e.created_at at time zone 'UTC') #>> '{}') || '+00:00',
        'created_by_uuid', e.created_by,
        'created_by_first_name', e.created_by_first_name,
        'created_by_last_name', e.created_by_last_name,
        'role', e.role,
        'visibility', e.visibility) order by e.seq)
     from (select x.* from ${schema}.ticket_event x where x.ticket_id = t.id and x.seq > beyond.seq order by x.seq) e), '[]'))
     || case when beyond.seq > 0 then jsonb_build_object('truncated', true) else '{}' end
   -- The last event that does not fit any more; 0 where all fit.
   from (select case when t.weight + 512::bigint * t.last_seq <= 33554432 then 0
                     else coalesce((select max(x.seq) from (
                         select e.seq, sum(e.size + 512) over (order by e.seq desc) as held
                         from ${schema}.ticket_event e where e.ticket_id = t.id) x where x.held > 33554432), 0) end as seq)
     beyond) as ticket_history,
  (select jsonb_build_object('notes', coalesce(
    (select jsonb_agg(jsonb_build_object(
        'id', e.id,
        'content', e.body -> 'content',
        'created_at', (to_jsonb(e.created_at at time zone 'UTC') #>> '{}') || '+00:00',
        'created_by', e.created_by) order by e.seq)
     from (select x.* from ${schema}.ticket_event x
           where x.ticket_id = t.id and x.type = 'note-added' and x.seq > beyond.seq order by x.seq) e), '[]'))
     || case when beyond.seq > 0 then jsonb_build_object('truncated', true) else '{}' end
   from (select case when t.weight + 512::bigint * t.last_seq <= 33554432 then 0
                     else coalesce((select max(x.seq) from (
                         select e.seq, sum(e.size + 512) over (order by e.seq desc) as held
                         from ${schema}.ticket_event e where e.ticket_id = t.id and e.type = 'note-added') x
                       where x.held > 33554432), 0) end as seq) beyond) as internal_notes,
  (select jsonb_build_object('rating', f.rating, 'comment', f.comment,
      'submitted_at', (to_jsonb(f.submitted_at at time zone 'UTC') #>> '{}') || '+00:00')
   from ${schema}.ticket_feedback f where f.ticket_id = t.id order by f.closed_seq desc limit 1) as feedback,
  t.source_channel,
  t.created_at,
  t.updated_at,
  t.created_by,
  c.email as customer_email,
  coalesce(
    (select jsonb_agg(jsonb_build_object('id', w.id, 'first_name', w.first_name, 'last_name', w.last_name)
        order by a.assigned_at, w.id)
     from ${schema}.ticket_assignment a join ${schema}.worker w on w.id = a.worker_id
     where a.ticket_id = t.id), '[]') as assigned_to
from ${schema}.ticket t
-- An outer join costs nothing where no column of it is named, and is found by one where it is.
left join ${schema}.customer c on c.id = t.customer_id;

-- Counterfoil 3: the documented tables, as views. PostgreSQL computes only the columns that a query names.

create view ${schema}.tickets with (security_invoker = true) as
select
  t.id,
  t.title,
  t.description,
  t.status,
  t.priority,
  t.tags,
  t.custom_fields,
  jsonb_build_object('events', coalesce(
    (select jsonb_agg(e.body || jsonb_build_object(
        'id', e.id,
        'type', e.type,
        'created_at', e.created_at,
        'created_by_uuid', e.created_by,
        'created_by_first_name', e.created_by_first_name,
        'created_by_last_name', e.created_by_last_name,
        'role', e.role,
        'visibility', e.visibility) order by e.seq)
     from ${schema}.ticket_event e where e.ticket_id = t.id), '[]')) as ticket_history,
  jsonb_build_object('notes', coalesce(
    (select jsonb_agg(jsonb_build_object(
        'id', e.id,
        'content', e.body -> 'content',
        'created_at', e.created_at,
        'created_by', e.created_by) order by e.seq)
     from ${schema}.ticket_event e where e.ticket_id = t.id and e.type = 'note-added'), '[]')) as internal_notes,
  (select jsonb_build_object('rating', f.rating, 'comment', f.comment, 'submitted_at', f.submitted_at)
   from ${schema}.ticket_feedback f where f.ticket_id = t.id order by f.closed_seq desc limit 1) as feedback,
  t.source_channel,
  t.created_at,
  t.updated_at,
  t.created_by,
  (select c.email from ${schema}.customer c where c.id = t.customer_id) as customer_email,
  coalesce(
    (select jsonb_agg(jsonb_build_object('id', w.id, 'first_name', w.first_name, 'last_name', w.last_name)
        order by a.assigned_at, w.id)
     from ${schema}.ticket_assignment a join ${schema}.worker w on w.id = a.worker_id
     where a.ticket_id = t.id), '[]') as assigned_to
from ${schema}.ticket t;

create view ${schema}.customers with (security_invoker = true) as
select
  c.id,
  c.first_name,
  c.last_name,
  c.communication_channels,
  c.preferred_language,
  c.email,
  jsonb_build_object('feedback', coalesce(
    (select jsonb_agg(jsonb_build_object(
        'rating', f.rating,
        'comment', f.comment,
        'submitted_at', f.submitted_at,
        'ticket_id', f.ticket_id) order by f.submitted_at, f.ticket_id)
     from ${schema}.ticket_feedback f where f.customer_id = c.id), '[]')) as feedback_history
from ${schema}.customer c;

create view ${schema}.workers with (security_invoker = true) as
select
  w.id,
  w.email,
  w.first_name,
  w.last_name,
  w.created_at,
  w.role,
  w.skills,
  w.languages,
  w.timezone,
  w.metrics,
  array(
    select a.ticket_id from ${schema}.ticket_assignment a join ${schema}.ticket t on t.id = a.ticket_id
    where a.worker_id = w.id and t.status <> 'closed' order by a.assigned_at, a.ticket_id) as assigned_tickets,
  coalesce(
    (select jsonb_agg(jsonb_build_object(
        'ticket_id', r.ticket_id,
        'title', r.title,
        'resolved_at', r.resolved_at,
        'resolution_time', r.resolved_at - r.assigned_at,
        'feedback', (select jsonb_build_object('rating', f.rating, 'comment', f.comment, 'submitted_at', f.submitted_at)
          from ${schema}.ticket_feedback f where f.ticket_id = r.ticket_id and f.closed_seq = r.closed_seq))
        order by r.resolved_at, r.ticket_id)
     from ${schema}.ticket_resolution r where r.worker_id = w.id), '[]') as ticket_history
from ${schema}.worker w;

insert into ${schema}.schema_history (version, name) values (3, 'views');

create or replace view ${schema}.workers with (security_invoker = true) as
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

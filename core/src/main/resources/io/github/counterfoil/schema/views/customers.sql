create or replace view ${schema}.customers with (security_invoker = true) as
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

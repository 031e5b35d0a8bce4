-- The newest feedback that fits into 32 MiB, at 512 bytes each beside its comment.
create or replace view ${schema}.customers with (security_invoker = true) as
select
  c.id,
  c.first_name,
  c.last_name,
  c.communication_channels,
  c.preferred_language,
  c.email,
  (select jsonb_build_object('feedback', coalesce(
       jsonb_agg(jsonb_build_object(
           'rating', f.rating,
           'comment', f.comment,
           'submitted_at', (to_jsonb(f.submitted_at at time zone 'UTC') #>> '{}') || '+00:00',
           'ticket_id', f.ticket_id) order by f.submitted_at, f.ticket_id) filter (where f.held <= 33554432), '[]'))
     || case when max(f.held) > 33554432 then jsonb_build_object('truncated', true) else '{}' end
   from (
     select x.*, sum(512 + coalesce(octet_length(to_json(x.comment)::text), 0))
         over (order by x.submitted_at desc, x.ticket_id desc, x.closed_seq desc) as held
     from ${schema}.ticket_feedback x where x.customer_id = c.id and not x.private) f) as feedback_history
from ${schema}.customer c;

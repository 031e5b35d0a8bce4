-- For the host's own SQL: what lists and reports need of a ticket, as the staff sees it, and no texts of its history. Only columns that a
-- query names are computed.
create or replace view ${schema}.ticket_overview with (security_invoker = true) as
select
  t.id,
  t.customer_id,
  t.last_seq as version,
  t.title,
  t.status,
  t.priority,
  t.tags,
  t.source_channel,
  t.created_by,
  t.created_at,
  t.updated_at,
  t.first_response_at,
  case when t.closed_seq is not null then t.status_since end as closed_at,
  array(
    select a.worker_id from ${schema}.ticket_assignment a where a.ticket_id = t.id order by a.assigned_at, a.worker_id) as assignees,
  t.status_since,
  t.number,
  t.snoozed_until
from ${schema}.ticket t;

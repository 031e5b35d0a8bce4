-- For the host's own SQL: the workers, whether they may act, and how much waits for them.
create or replace view ${schema}.worker_overview with (security_invoker = true) as
select
  w.id,
  w.email,
  w.first_name,
  w.last_name,
  w.role,
  w.active,
  w.skills,
  w.languages,
  w.timezone,
  w.created_at,
  (select count(*)::integer from ${schema}.ticket_assignment a
   where a.worker_id = w.id and a.status in ('new', 'open', 'pending')) as open_load
from ${schema}.worker w
where not w.system;

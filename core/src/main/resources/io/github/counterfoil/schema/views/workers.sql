-- The newest resolutions that fit into 32 MiB, at 512 bytes each beside its texts. An array has no place beside it: the oldest
-- of those that fit says that older ones did not.
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
    select a.ticket_id from ${schema}.ticket_assignment a
    where a.worker_id = w.id and a.status in ('new', 'open', 'pending') order by a.assigned_at, a.ticket_id) as assigned_tickets,
  coalesce(
    (select jsonb_agg(jsonb_build_object(
        'ticket_id', r.ticket_id,
        'title', r.title,
        'resolved_at', (to_jsonb(r.resolved_at at time zone 'UTC') #>> '{}') || '+00:00',
        -- As an interval is written by default, whatever the session's style.
        'resolution_time', regexp_replace(case extract(day from r.resolved_at - r.assigned_at) when 0 then '' when 1 then '1 day '
          else extract(day from r.resolved_at - r.assigned_at) || ' days ' end || (time '00:00' + (r.resolved_at - r.assigned_at)),
          ' 00:00:00$', ''),
        'feedback', case when r.submitted_at is not null then
          jsonb_build_object('rating', r.rating, 'comment', r.comment,
            'submitted_at', (to_jsonb(r.submitted_at at time zone 'UTC') #>> '{}') || '+00:00') end)
        || case when r.held + r.older > 33554432 then jsonb_build_object('truncated', true) else '{}' end
        order by r.resolved_at, r.ticket_id)
     from (
       select x.*, sum(x.size) over newest_first as held, lead(x.size, 1, 0::bigint) over newest_first as older
       from (
         select z.ticket_id, z.closed_seq, z.title, z.resolved_at, z.assigned_at, f.rating, f.comment, f.submitted_at,
                512 + octet_length(z.title) + coalesce(octet_length(to_json(f.comment)::text), 0)::bigint as size
         from ${schema}.ticket_resolution z
         left join ${schema}.ticket_feedback f on f.ticket_id = z.ticket_id and f.closed_seq = z.closed_seq
         where z.worker_id = w.id) x
       window newest_first as (order by x.resolved_at desc, x.ticket_id desc, x.closed_seq desc)) r
     where r.held <= 33554432), '[]') as ticket_history
from ${schema}.worker w
where not w.system;

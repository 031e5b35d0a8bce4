-- Counterfoil 8: what customers see of a ticket follows from its public events alone, also where an import brought private ones.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.ticket
  add column shown             jsonb,
  add column shown_assigned_to uuid[];
comment on column ${schema}.ticket.shown is
  'what customers see otherwise than it stands here: title, description, priority, status, closed_seq; null where nothing is';
comment on column ${schema}.ticket.shown_assigned_to is 'whom customers see assigned, where those are others or in another order';
create index ticket_shown_assigned_to_idx on ${schema}.ticket (id) where shown_assigned_to is not null;

alter table ${schema}.ticket_feedback add column private boolean not null default false;
comment on column ${schema}.ticket_feedback.private is 'customers do not see the event that tells of it';

-- The last public event of a part tells what customers see of it; before the first it is as it was at the start. Until now the
-- old value of each event was what the ticket was for the staff.
do $shown$
begin
  perform set_config('counterfoil.command', 'on', true);

  with changed as (
    select distinct e.ticket_id as id from ${schema}.ticket_event e
    where e.public_seq is null and e.type in ('title-update', 'description-update', 'priority-update', 'status-update',
                                              'assignment-added', 'assignment-removed')
  ), last as (
    select distinct on (e.ticket_id, e.type) e.ticket_id as id, e.type, e.seq, e.body ->> 'new_value' as value
    from changed c join ${schema}.ticket_event e on e.ticket_id = c.id
    where e.public_seq is not null and jsonb_typeof(e.body -> 'old_value') = 'string'
      and (e.type in ('title-update', 'description-update') and jsonb_typeof(e.body -> 'new_value') = 'string'
        or e.type = 'priority-update' and e.body -> 'new_value' in ('"low"', '"medium"', '"high"')
        or e.type = 'status-update' and e.body -> 'new_value' in ('"new"', '"open"', '"pending"', '"closed"'))
    order by e.ticket_id, e.type, e.seq desc
  ), assigned as (
    select x.id, array_agg(x.worker_id order by x.assigned_at, x.worker_id) as workers
    from (
      select c.id, (e.body ->> 'agent_id')::uuid as worker_id, min(e.created_at) as assigned_at
      from changed c join ${schema}.ticket_event e on e.ticket_id = c.id
      where e.public_seq is not null and e.type = 'assignment-added'
        and e.body ->> 'agent_id' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        and not exists (
          select from ${schema}.ticket_event r
          where r.ticket_id = e.ticket_id and r.seq > e.seq and r.public_seq is not null and r.type = 'assignment-removed'
            and lower(r.body ->> 'agent_id') = lower(e.body ->> 'agent_id'))
      group by c.id, worker_id) x
    group by x.id
  ), seen as (
    select t.id, coalesce(title.value, t.beginning ->> 'title', t.title) as title,
           coalesce(description.value, t.beginning ->> 'description', t.description) as description,
           coalesce(priority.value, t.beginning ->> 'priority', t.priority) as priority,
           coalesce(status.value, 'new') as status, case status.value when 'closed' then status.seq end as closed_seq,
           coalesce(a.workers, '{}') as assigned_to
    from changed c
    join ${schema}.ticket t on t.id = c.id
    left join last title on title.id = t.id and title.type = 'title-update'
    left join last description on description.id = t.id and description.type = 'description-update'
    left join last priority on priority.id = t.id and priority.type = 'priority-update'
    left join last status on status.id = t.id and status.type = 'status-update'
    left join assigned a on a.id = t.id
  )
  update ${schema}.ticket t set
    shown = nullif(
      case when s.title <> t.title then jsonb_build_object('title', s.title) else '{}' end
      || case when s.description <> t.description then jsonb_build_object('description', s.description) else '{}' end
      || case when s.priority <> t.priority then jsonb_build_object('priority', s.priority) else '{}' end
      || case when (s.status, s.closed_seq) is distinct from (t.status, t.closed_seq)
           then jsonb_strip_nulls(jsonb_build_object('status', s.status, 'closed_seq', s.closed_seq)) else '{}' end, '{}'),
    shown_assigned_to = nullif(s.assigned_to, array(
      select a.worker_id from ${schema}.ticket_assignment a where a.ticket_id = t.id order by a.assigned_at, a.worker_id))
  from seen s where s.id = t.id;

  update ${schema}.ticket_feedback f set private = true
  where (select e.public_seq is null from ${schema}.ticket_event e
         where e.ticket_id = f.ticket_id and e.seq > f.closed_seq and e.type = 'feedback-submitted' order by e.seq limit 1);

  perform set_config('counterfoil.command', '', true);
end
$shown$;

-- What they take has changed.
drop function if exists ${schema}.change_status(${schema}.ticket, ${schema}.ticket_event, text);
drop function if exists ${schema}.remove_assignment(${schema}.ticket, ${schema}.ticket_event, jsonb);

insert into ${schema}.schema_history (version, name, checksum) values (8, 'what_customers_see', '${checksum}');

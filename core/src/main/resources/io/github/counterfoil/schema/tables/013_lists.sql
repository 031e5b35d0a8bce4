-- Counterfoil 13: what lists show and sort by stands in the ticket, and what they are read from in narrow tables beside it.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

-- PostgreSQL logs of a changed row what lies between its first and its last byte that changed: what changes with a message has its
-- place before what stays.
alter table ${schema}.ticket drop constraint if exists ticket_beginning_check;
alter table ${schema}.ticket rename column opening to opening_before;
alter table ${schema}.ticket rename column command to command_before;
alter table ${schema}.ticket rename column beginning to beginning_before;
alter table ${schema}.ticket
  add column last_written_seq   integer,
  add column last_message_seq   integer,
  add column first_response_seq integer,
  add column first_response_at  timestamptz,
  add column status_since       timestamptz,
  add column assigned           boolean not null default false,
  add column opening            uuid,
  add column command            uuid,
  add column beginning          jsonb   not null default '{}';
comment on column ${schema}.ticket.last_written_seq is 'seq of the last message or note';
comment on column ${schema}.ticket.last_message_seq is 'seq of the last message that customers see';
comment on column ${schema}.ticket.first_response_seq is 'seq of the first message that customers see of an agent who is no system actor';
comment on column ${schema}.ticket.first_response_at is 'the time of that event';
comment on column ${schema}.ticket.status_since is 'the time of the event that last changed the status, or of opening';
comment on column ${schema}.ticket.assigned is 'whether a worker is assigned';
comment on column ${schema}.ticket.shown is
  'what customers see otherwise than it stands here: title, description, priority, status, closed_seq, and, in microseconds since 1970, status_since and first_response_at; null where nothing is';
comment on column ${schema}.ticket.opening is 'digest of what the ticket started with, for verification';
comment on column ${schema}.ticket.command is 'digest of the command that opened the ticket and of its content';
comment on column ${schema}.ticket.beginning is
  'what each part that has changed since was at the start: title, description, priority, tags, custom_fields, customer_id, source_channel';

-- Changes with every event, which is why it is no part of the ticket's wide row.
create table ${schema}.ticket_activity (
  ticket_id  uuid        primary key references ${schema}.ticket,
  updated_at timestamptz not null,
  status     text        not null
);
comment on table ${schema}.ticket_activity is 'the tickets in the order of their last events';
comment on column ${schema}.ticket_activity.updated_at is 'the ticket''s';
comment on column ${schema}.ticket_activity.status is 'the ticket''s';

create table ${schema}.ticket_tag (
  ticket_id         uuid        not null references ${schema}.ticket,
  tag               text        not null,
  status            text        not null,
  priority          text        not null,
  ticket_created_at timestamptz not null,
  primary key (ticket_id, tag)
);
comment on table ${schema}.ticket_tag is 'the tags of the tickets, but for longer ones than commands take';
comment on column ${schema}.ticket_tag.status is 'the ticket''s';
comment on column ${schema}.ticket_tag.priority is 'the ticket''s';
comment on column ${schema}.ticket_tag.ticket_created_at is 'the ticket''s';

alter table ${schema}.ticket_assignment add column priority text;
comment on column ${schema}.ticket_assignment.priority is 'the ticket''s';

do $facts$
begin
  perform set_config('counterfoil.command', 'on', true);

  with event as (
    select e.ticket_id, e.seq, e.type, e.created_at, e.public_at, e.public_seq is not null as shows,
           case e.type when 'status-update' then e.body ->> 'new_value' end as status
    from ${schema}.ticket_event e
    -- An event that lacks what its type requires changed nothing.
    where e.type in ('message', 'note-added') or e.type = 'status-update' and e.body ->> 'old_value' in ('new', 'open', 'pending', 'closed')
        and e.body ->> 'new_value' in ('new', 'open', 'pending', 'closed')
  ), moved as (
    -- What the staff is told of later than the customers, or the other way round, changes nothing for them.
    select e.*, e.status is distinct from lag(e.status, 1, 'new') over (partition by e.ticket_id order by e.seq) as moves
    from event e where e.status is not null
  ), fact as (
    select e.ticket_id, max(e.seq) filter (where e.type <> 'status-update') as written,
           max(e.seq) filter (where e.type = 'message' and e.shows) as message
    from event e group by e.ticket_id
  ), since as (
    select m.ticket_id, max(m.created_at) filter (where m.moves) as staff, max(m.public_at) filter (where m.shows) as shown
    from moved m group by m.ticket_id
  ), known as (
    select t.id, f.written, f.message, x.seq as response, x.at as response_at, r.public_at as response_shown,
           coalesce(s.staff, t.created_at) as since, coalesce(s.shown, t.created_at) as since_shown,
           exists (select from ${schema}.ticket_assignment a where a.ticket_id = t.id) as assigned
    from ${schema}.ticket t
    left join fact f on f.ticket_id = t.id
    left join since s on s.ticket_id = t.id
    left join ${schema}.ticket_fact x on x.ticket_id = t.id and x.kind = 'responded'
    left join ${schema}.ticket_event r on r.ticket_id = t.id and r.seq = x.seq
  )
  update ${schema}.ticket t set
    opening = t.opening_before, command = t.command_before, beginning = t.beginning_before,
    last_written_seq = k.written, last_message_seq = k.message, first_response_seq = k.response,
    first_response_at = k.response_at, status_since = k.since, assigned = k.assigned,
    shown = nullif(coalesce(t.shown, '{}')
      || case when k.since_shown <> k.since
           then jsonb_build_object('status_since', (extract(epoch from k.since_shown) * 1000000)::bigint) else '{}' end
      || case when k.response_shown <> k.response_at
           then jsonb_build_object('first_response_at', (extract(epoch from k.response_shown) * 1000000)::bigint) else '{}' end, '{}')
  from known k where k.id = t.id;

  insert into ${schema}.ticket_activity (ticket_id, updated_at, status)
  select t.id, t.updated_at, t.status from ${schema}.ticket t;
  insert into ${schema}.ticket_tag (ticket_id, tag, status, priority, ticket_created_at)
  select t.id, x.tag, t.status, t.priority, t.created_at
  from ${schema}.ticket t cross join lateral unnest(t.tags) as x (tag) where length(x.tag) <= 64 on conflict do nothing;
  update ${schema}.ticket_assignment a set priority = t.priority from ${schema}.ticket t where t.id = a.ticket_id;

  perform set_config('counterfoil.command', '', true);
end
$facts$;

alter table ${schema}.ticket
  alter column status_since set not null,
  alter column opening set not null,
  drop column opening_before,
  drop column command_before,
  drop column beginning_before;
alter table ${schema}.ticket_assignment alter column priority set not null;

-- What is open is read by priority, then age; in the order of age alone a few parts of the index are merged.
drop index ${schema}.ticket_status_idx;
create index ticket_status_idx on ${schema}.ticket (status, priority, created_at, id);
create index ticket_status_since_idx on ${schema}.ticket (status, status_since, id);
create index ticket_unassigned_idx on ${schema}.ticket (status, priority, created_at, id) where not assigned;
create index ticket_activity_updated_at_idx on ${schema}.ticket_activity (status, updated_at, ticket_id);
create index ticket_tag_queue_idx on ${schema}.ticket_tag (tag, status, priority, ticket_created_at, ticket_id);
drop index ${schema}.ticket_assignment_queue_idx;
create index ticket_assignment_queue_idx
  on ${schema}.ticket_assignment (worker_id, status, priority, ticket_created_at, ticket_id);

-- The ticket says whether there was one.
drop function if exists ${schema}.add_first_response(${schema}.ticket, ${schema}.ticket_event);
drop function if exists ${schema}.erase_kept(uuid, jsonb, uuid);

insert into ${schema}.schema_history (version, name, checksum) values (13, 'lists', '${checksum}');

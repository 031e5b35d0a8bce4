-- Counterfoil 12: what figures are made of is kept as it happens, so that no history is gone through to count.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

create table ${schema}.ticket_fact (
  ticket_id uuid        not null references ${schema}.ticket,
  opened_at timestamptz not null,
  at        timestamptz not null,
  seq       integer     not null,
  kind      text        not null,
  worker_id uuid        references ${schema}.worker,
  primary key (ticket_id, seq)
);
-- Figures read these and no row.
create index ticket_fact_kind_idx on ${schema}.ticket_fact (kind, at, opened_at);
create index ticket_fact_worker_idx on ${schema}.ticket_fact (worker_id, at, opened_at) where worker_id is not null;
comment on table ${schema}.ticket_fact is 'what figures are made of: closings, reopenings and first responses, as the staff sees them';
comment on column ${schema}.ticket_fact.opened_at is 'the ticket''s created_at';
comment on column ${schema}.ticket_fact.seq is 'the event''s';
comment on column ${schema}.ticket_fact.kind is 'closed, reopened or responded: the first public message of a worker who is no system actor';
comment on column ${schema}.ticket_fact.worker_id is 'who responded';

do $fact$
begin
  perform set_config('counterfoil.command', 'on', true);
  insert into ${schema}.ticket_fact (ticket_id, opened_at, at, seq, kind, worker_id)
  select t.id, t.created_at, r.created_at, r.seq, 'responded', r.created_by
  from ${schema}.ticket t
  cross join lateral (
    select e.created_at, e.seq, e.created_by from ${schema}.ticket_event e join ${schema}.worker w on w.id = e.created_by and not w.system
    where e.ticket_id = t.id and e.type = 'message' and e.role = 'agent' and e.public_seq is not null
    order by e.seq limit 1) as r;
  -- The status before an event is that of the event before it, public or not: what it tells may be what its customer saw.
  insert into ${schema}.ticket_fact (ticket_id, opened_at, at, seq, kind)
  select x.ticket_id, t.created_at, x.created_at, x.seq, case x.status when 'closed' then 'closed' else 'reopened' end
  from (
    select e.ticket_id, e.created_at, e.seq, e.body ->> 'new_value' as status,
           lag(e.body ->> 'new_value', 1, 'new') over (partition by e.ticket_id order by e.seq) as status_before
    from ${schema}.ticket_event e
    where e.type = 'status-update' and jsonb_typeof(e.body -> 'old_value') = 'string'
      and e.body -> 'new_value' in ('"new"', '"open"', '"pending"', '"closed"')) as x
  join ${schema}.ticket t on t.id = x.ticket_id
  where x.status <> x.status_before and 'closed' in (x.status, x.status_before);
  perform set_config('counterfoil.command', '', true);
end
$fact$;

-- Read without their rows, too.
create index ticket_feedback_submitted_at_idx on ${schema}.ticket_feedback (submitted_at, rating);
create index ticket_resolution_resolved_at_idx on ${schema}.ticket_resolution (worker_id, resolved_at, assigned_at);
drop index ${schema}.ticket_resolution_worker_idx;

-- The address of a ticket's customer, as the documented view has it.
create index customer_address_idx on ${schema}.customer (email);

-- What they take or answer has changed.
drop function if exists ${schema}.deactivate_worker(uuid, uuid, uuid, timestamptz);
drop function if exists ${schema}.apply_to_person(uuid, uuid, uuid, uuid, text, jsonb, timestamptz, integer, boolean);
drop function if exists ${schema}.take_receipt(uuid, uuid, uuid);

insert into ${schema}.schema_history (version, name, checksum) values (12, 'facts', '${checksum}');

-- Counterfoil 17: all events of all tickets in one order, and the places up to which those who follow have read.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

-- Transactions are counted anew on another server: what a database was before it came there is an epoch of its own.
create table ${schema}.change_epoch (
  only_row boolean primary key default true check (only_row),
  epoch    bigint  not null check (epoch between 1 and 1023),
  server   text    not null
);
insert into ${schema}.change_epoch (epoch, server)
select 1, c.system_identifier || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) from pg_control_system() c;
comment on table ${schema}.change_epoch is 'what positions of changes begin with, so that they grow when the database comes to another server';
comment on column ${schema}.change_epoch.server is 'which server''s transactions are counted: its identifier and timeline';

create table ${schema}.change_consumer (
  name       text        primary key,
  customers  boolean     not null,
  workers    integer     not null check (workers between 1 and 64),
  paused     boolean     not null default false,
  created_at timestamptz not null default clock_timestamp()
);
comment on table ${schema}.change_consumer is 'who follows the changes';
comment on column ${schema}.change_consumer.customers is 'whether it follows what customers see alone';
comment on column ${schema}.change_consumer.workers is 'how many may work at once: each takes this part of the buckets';

-- Rewritten with each portion that is read: there is room for that in each page.
create table ${schema}.change_place (
  consumer     text    not null references ${schema}.change_consumer,
  bucket       integer not null check (bucket between 0 and 63),
  position     bigint  not null,
  after_ticket uuid    not null,
  after_seq    integer not null,
  token        uuid,
  taken_until  timestamptz,
  end_position bigint,
  end_ticket   uuid,
  end_seq      integer,
  primary key (consumer, bucket)
) with (fillfactor = 50);
comment on table ${schema}.change_place is 'up to where a consumer has read, of each 64th part of the tickets';
comment on column ${schema}.change_place.bucket is 'the last six bits of the positions that it is of';
comment on column ${schema}.change_place.after_seq is 'with position and after_ticket: the last change that was read';
comment on column ${schema}.change_place.token is 'of who reads on from here, or did last';
comment on column ${schema}.change_place.taken_until is 'until when that one may acknowledge; null where nobody reads';
comment on column ${schema}.change_place.end_position is 'with end_ticket and end_seq: the last change that they were given';

alter table ${schema}.ticket add column position bigint;
alter table ${schema}.ticket_event add column position bigint;
alter table ${schema}.ticket_purge add column position bigint;
comment on column ${schema}.ticket.position is 'of its opening among the changes, as of an event';
comment on column ${schema}.ticket_event.position is
  'among the changes: 10 bits of the epoch, 45 of the transaction, or of the ticket''s last one if that is higher, 8 made of the ticket''s id';
comment on column ${schema}.ticket_purge.position is 'of the purge among the changes, as of an event';

-- What is stored already is before the first epoch, by the second in which it happened.
do $position$
begin
  perform set_config('counterfoil.command', 'on', true);
  update ${schema}.ticket t
  set position = greatest(extract(epoch from t.created_at)::bigint, 0) << 8 | get_byte(sha256(uuid_send(t.id)), 0);
  with placed as (
    select e.ticket_id, e.seq,
           max(extract(epoch from e.created_at)::bigint) over (partition by e.ticket_id order by e.seq) as second
    from ${schema}.ticket_event e
  )
  update ${schema}.ticket_event e
  set position = greatest(t.position, greatest(x.second, 0) << 8 | get_byte(sha256(uuid_send(t.id)), 0))
  from placed x join ${schema}.ticket t on t.id = x.ticket_id
  where e.ticket_id = x.ticket_id and e.seq = x.seq;
  update ${schema}.ticket_purge p
  set position = greatest(extract(epoch from p.created_at)::bigint, 0) << 8 | get_byte(sha256(uuid_send(p.id)), 0);
  perform set_config('counterfoil.command', '', true);
end
$position$;

alter table ${schema}.ticket alter column position set not null;
alter table ${schema}.ticket_event alter column position set not null;
alter table ${schema}.ticket_purge alter column position set not null;
create index ticket_position_idx on ${schema}.ticket (position);
create index ticket_event_position_idx on ${schema}.ticket_event (position);
create index ticket_purge_position_idx on ${schema}.ticket_purge (position);

insert into ${schema}.schema_history (version, name, checksum) values (17, 'changes', '${checksum}');

-- Counterfoil 10: what is taken out for good leaves a record, and all that a person did is found by an index.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

-- All that a person did, and a worker's first answers of a span of time.
drop index ${schema}.ticket_event_created_at_idx;
create index ticket_event_created_by_idx on ${schema}.ticket_event (created_by, created_at);

create table ${schema}.ticket_purge (
  id         uuid        primary key,
  created_at timestamptz not null,
  created_by uuid        not null,
  command    uuid
);
create index ticket_purge_created_at_idx on ${schema}.ticket_purge (created_at, id);
comment on table ${schema}.ticket_purge is 'tickets that were purged: that one of this id was, and nothing of what it held';
comment on column ${schema}.ticket_purge.id is 'the ticket''s';
comment on column ${schema}.ticket_purge.created_by is 'the administrator who purged it';
comment on column ${schema}.ticket_purge.command is 'digest of the command that purged this ticket alone';

-- What they take or answer has changed.
drop function if exists ${schema}.erase_person(uuid, uuid, uuid);

insert into ${schema}.schema_history (version, name, checksum) values (10, 'erasing', '${checksum}');

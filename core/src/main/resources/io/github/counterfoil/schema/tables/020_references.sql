-- Counterfoil 20: ids of other systems on tickets and on events.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

-- The key is none of a ticket's, so that the column is not called ticket_id: neither partitioned nor distributed.
create table ${schema}.ticket_reference (
  key    uuid    not null,
  giver  uuid    not null,
  ticket uuid    not null,
  seq    integer not null check (seq >= 0),
  events integer not null check (events between 0 and 1000000),
  source text    not null,
  id     text,
  primary key (key, giver)
);
create index ticket_reference_ticket_idx on ${schema}.ticket_reference (ticket, seq);
create index ticket_reference_giver_idx on ${schema}.ticket_reference (giver, ticket)
  where id is not null and giver <> '00000000-0000-0000-0000-000000000000';
comment on table ${schema}.ticket_reference is 'ids of other systems, such as mails'' Message-IDs: what comes again under one is not stored again';
comment on column ${schema}.ticket_reference.key is 'a digest of the source and the id';
comment on column ${schema}.ticket_reference.giver is 'the customer whose command had it, or nobody (0…0) for the staff: customers do not meet each other''s';
comment on column ${schema}.ticket_reference.seq is 'the first event that the command made; 0 for the opening';
comment on column ${schema}.ticket_reference.events is 'how many it made';
comment on column ${schema}.ticket_reference.id is 'null where it was erased or redacted: the key stays, so that nothing comes back';

-- What they take or answer has changed.
drop function if exists ${schema}.apply_command(uuid, uuid, text, uuid, uuid, integer, timestamptz, jsonb, integer, boolean);
drop function if exists ${schema}.open_ticket(uuid, uuid, text, uuid, uuid, uuid, timestamptz, text, text, text, jsonb, jsonb, text, jsonb, integer, boolean);
drop function if exists ${schema}.read_changes(text, boolean, uuid, integer, integer, bigint, integer, boolean);
drop function if exists ${schema}.search_tickets(jsonb, text, uuid, integer);

insert into ${schema}.schema_history (version, name, checksum) values (20, 'references', '${checksum}');

-- Counterfoil 22: tickets that are put off until a moment.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

-- The last column: most tickets have none, and what a reply logs of a row stays as short as it was.
alter table ${schema}.ticket add column snoozed_until timestamptz;
comment on column ${schema}.ticket.snoozed_until is
  'put off until then, by the clock alone: a moment that has passed stays, and the ticket is awake; null where nobody put it off';
create index ticket_snoozed_until_idx on ${schema}.ticket (snoozed_until, id) where snoozed_until is not null;

insert into ${schema}.schema_history (version, name, checksum) values (22, 'snooze', '${checksum}');

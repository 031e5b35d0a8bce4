-- Counterfoil 19: whether who stores a change announces it, for those who wait.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.change_epoch add column announced boolean not null default false;
comment on column ${schema}.change_epoch.announced is 'whether each transaction that stores a change wakes those who wait for one';

insert into ${schema}.schema_history (version, name, checksum) values (19, 'announcements', '${checksum}');

-- Counterfoil 9: customers who may be blocked.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.customer
  add column blocked boolean not null default false;
comment on column ${schema}.customer.blocked is 'an administrator took their right to write; who was erased has none either way';

insert into ${schema}.schema_history (version, name, checksum) values (9, 'people', '${checksum}');

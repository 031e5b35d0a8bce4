-- Counterfoil 3: what a ticket started with stays readable, so that nobody has to walk back over its events.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.ticket add column beginning jsonb not null default '{}';
comment on column ${schema}.ticket.beginning is
  'what each part that has changed since was at the start: title, description, priority, tags, custom_fields, customer_id, source_channel';

-- As it was before the first release: a role is changed by change_worker_role alone.
drop function if exists ${schema}.update_worker(uuid, text, text, text, text, text[], text[], text, jsonb);

insert into ${schema}.schema_history (version, name, checksum) values (3, 'beginning', '${checksum}');

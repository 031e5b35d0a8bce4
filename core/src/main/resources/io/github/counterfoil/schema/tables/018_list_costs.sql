-- Counterfoil 18: lists touch as many rows as they show.
-- Older releases of the library work on: nothing that they see is changed.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

-- A few hundred workers fit into so few blocks that PostgreSQL takes reading them all for cheaper than their key's index: here four share one.
alter table ${schema}.worker set (fillfactor = 10);

-- A customer's tickets of one status, as they see it.
create index ticket_customer_status_idx on ${schema}.ticket
  (customer_id, (coalesce(shown ->> 'status', status)), created_at desc, id desc);

-- It takes one parameter more.
drop function if exists ${schema}.changes_behind(text, boolean, integer, bigint);

insert into ${schema}.schema_history (version, name, checksum) values (18, 'list_costs', '${checksum}');

-- Counterfoil 4: calls that end in time.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- What they answer or take has changed.
drop function if exists ${schema}.apply_command(uuid, uuid, text, uuid, uuid, integer, timestamptz, jsonb);
drop function if exists ${schema}.apply_to_each(uuid, text, jsonb, timestamptz, jsonb, interval);
drop function if exists ${schema}.open_ticket(uuid, uuid, text, uuid, uuid, uuid, timestamptz, text, text, text, text[], jsonb, text);

insert into ${schema}.schema_history (version, name, checksum) values (4, 'calls', '${checksum}');

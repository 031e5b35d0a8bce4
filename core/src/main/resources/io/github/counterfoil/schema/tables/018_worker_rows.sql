-- Counterfoil 18: workers lie in more blocks, so that a list does not read all of them for each of its rows.
-- Older releases of the library work on: nothing that they see is changed.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- A few hundred workers fit into so few blocks that PostgreSQL takes reading them all for cheaper than their key's index: here four share one.
alter table ${schema}.worker set (fillfactor = 10);

insert into ${schema}.schema_history (version, name, checksum) values (18, 'worker_rows', '${checksum}');

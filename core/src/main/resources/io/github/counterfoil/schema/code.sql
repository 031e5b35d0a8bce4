-- Counterfoil: functions, triggers and views, revision ${revision}. Run it after the numbered files, and again whenever this
-- text has changed; it replaces what is there in one statement.
do $counterfoil$
declare
  v_made    text[];
  v_workers text[];
  v_role    text;
  v_guard   text;
begin
  perform pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));
  -- An older release that is started again leaves a newer one's code alone.
  if exists (select from ${schema}.schema_code c where c.revision > ${revision}) then
    return;
  end if;

  -- Replacing a trigger waits for who writes its table, and replacing a view for who reads it: only what differs is replaced.
  v_made := array(select m.kind || ' ' || m.name || ' ' || m.definition from (
${manifest}
  ) as m);
  -- Who has all that there is to have will have what is new. Who has less keeps that.
  v_workers := array(
    select distinct g.grantee::regrole::text from pg_proc o cross join aclexplode(o.proacl) g
    where o.pronamespace = '${schema}'::regnamespace and o.proname = 'open_ticket' and g.grantee not in (0, o.proowner)
      and not exists (
        select from pg_proc p where p.pronamespace = o.pronamespace and p.proowner = o.proowner
          and ${signature} = any (${functions})
          and not has_function_privilege(g.grantee, p.oid, 'execute'))
      and not exists (
        select from pg_class c where c.relnamespace = o.pronamespace and c.relowner = o.proowner
          and c.relname = any (${relations}) and not has_table_privilege(g.grantee, c.oid, 'select')));

${files}
  -- A partition has the row triggers of its table, and not those for the statement: whoever truncates it would meet none.
  for v_guard in
    select replace(replace(pg_get_triggerdef(t.oid), ' ON ' || x.dot || r.relname || ' ', ' ON ' || x.dot || p.relname || ' '),
                   'CREATE TRIGGER', 'create or replace trigger')
    from pg_class r cross join lateral (select r.relnamespace::regnamespace::text || '.' as dot) x
    join pg_inherits i on i.inhparent = r.oid join pg_class p on p.oid = i.inhrelid
    join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal and t.tgname like 'guard\_%' and t.tgtype & 1 = 0
    where r.relnamespace = '${schema}'::regnamespace and r.relname = any (${relations}) and r.relkind = 'p'
      and not exists (
        select from pg_trigger o where o.tgrelid = p.oid and o.tgname = t.tgname and o.tgenabled = t.tgenabled
          and replace(pg_get_triggerdef(o.oid), ' ON ' || x.dot || p.relname || ' ', ' ON ' || x.dot || r.relname || ' ')
              = pg_get_triggerdef(t.oid))
  loop
    execute v_guard;
  end loop;

  insert into ${schema}.schema_code (revision, checksum) values (${revision}, '${checksum}')
  on conflict (only_row) do update
    set revision = excluded.revision, checksum = excluded.checksum, applied_at = excluded.applied_at;

  foreach v_role in array v_workers loop
    execute replace($grants$${grants}$grants$, '<role>', v_role);
  end loop;
end
$counterfoil$;

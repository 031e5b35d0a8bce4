-- Counterfoil: functions, triggers and views, revision ${revision}. Run it after the numbered files, and again whenever this
-- text has changed; it replaces what is there in one statement.
do $counterfoil$
declare
  v_made    text[];
  v_workers text[];
  v_role    text;
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
          and format('%s(%s)', p.proname, regexp_replace(pg_get_function_identity_arguments(p.oid), E'("([^"]|"")+"|\\m[a-z_][a-z0-9_]*)\\.', '', 'g')) = any (${functions})
          and not has_function_privilege(g.grantee, p.oid, 'execute'))
      and not exists (
        select from pg_class c where c.relnamespace = o.pronamespace and c.relowner = o.proowner
          and c.relname = any (${relations}) and not has_table_privilege(g.grantee, c.oid, 'select')));

${files}
  insert into ${schema}.schema_code (revision, checksum) values (${revision}, '${checksum}')
  on conflict (only_row) do update
    set revision = excluded.revision, checksum = excluded.checksum, applied_at = excluded.applied_at;

  foreach v_role in array v_workers loop
    execute replace($grants$${grants}$grants$, '<role>', v_role);
  end loop;
end
$counterfoil$;

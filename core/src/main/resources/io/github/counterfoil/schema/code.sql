-- Counterfoil: functions, triggers and views, revision ${revision}. Run it after the numbered files, and again whenever this
-- text has changed; it replaces what is there in one statement.
do $counterfoil$
declare
  v_dot  constant text := '${schema}'::regnamespace::text || '.';
  v_role text;
begin
  perform pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));
  -- An older release that is started again leaves a newer one's code alone.
  if exists (select from ${schema}.schema_code c where c.revision > ${revision}) then
    return;
  end if;

${files}
  insert into ${schema}.schema_code (revision, checksum) values (${revision}, '${checksum}')
  on conflict (only_row) do update
    set revision = excluded.revision, checksum = excluded.checksum, applied_at = excluded.applied_at;

  -- Who could work before can work with what is new.
  for v_role in
    select distinct g.grantee::regrole::text from pg_proc p cross join aclexplode(p.proacl) g
    where p.pronamespace = '${schema}'::regnamespace and p.proname = 'open_ticket' and g.grantee not in (0, p.proowner)
  loop
    execute replace($grants$${grants}$grants$, '<role>', v_role);
  end loop;
end
$counterfoil$;

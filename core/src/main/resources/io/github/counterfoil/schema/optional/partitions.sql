-- Counterfoil: the tables of what belongs to tickets in ${parts} hash partitions each, by the ticket's id; optional. To be run by the
-- owner after all other files. It moves the rows that are there, under a lock; what is partitioned already stays as it is. Indexes,
-- triggers, foreign keys and privileges of the host's own are kept; a view or function of its own that names a table stops it.
do $partitions$
declare
  v_tables oid[];
  v_before text[];
  v_after  text[];
  v_grants text[];
  v_table  record;
  v_sql    text;
begin
${begin}
  v_tables := array(select c.oid from pg_class c
                    where c.relnamespace = '${schema}'::regnamespace and c.relname = any (${tables}) and c.relkind = 'r');
  if v_tables = '{}' then
    return;
  end if;
${lock}

  -- All that is printed here is run below: Counterfoil's own objects that hold the tables as they are, and what foreign keys do.
  v_before := array(
    select x.sql from (
      select 1 as place, format('drop view %s', v.oid::regclass) as sql from pg_class v
      where v.relnamespace = '${schema}'::regnamespace and v.relname = any (${views}) and v.relkind = 'v'
      union all
      select 2, format('drop function %s', p.oid::regprocedure) from pg_proc p
      where p.pronamespace = '${schema}'::regnamespace
        and ${signature} = any (${functions})
        and exists (select from pg_depend d join pg_type t on d.refobjid in (t.oid, t.typarray)
                    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.refclassid = 'pg_type'::regclass
                      and t.typrelid = any (v_tables))
      union all
      select 3, format('alter table %s drop constraint %I', x.conrelid::regclass, x.conname) from pg_constraint x
      where x.contype = 'f' and x.conparentid = 0 and (x.conrelid = any (v_tables) or x.confrelid = any (v_tables))
    ) x order by x.place, x.sql);
  v_after := array(
    select x.sql from (
      select case x.contype when 'f' then 3 else 1 end as place,
             format('alter table %s add constraint %I %s', x.conrelid::regclass, x.conname, pg_get_constraintdef(x.oid)) as sql
      from pg_constraint x
      where x.conparentid = 0 and (x.contype in ('p', 'u', 'x') and x.conrelid = any (v_tables)
                                or x.contype = 'f' and (x.conrelid = any (v_tables) or x.confrelid = any (v_tables)))
      union all
      select 2, pg_get_indexdef(i.indexrelid) from pg_index i
      where i.indrelid = any (v_tables)
        and not exists (select from pg_constraint x where x.conrelid = i.indrelid and x.conindid = i.indexrelid)
      union all
      select 4, pg_get_triggerdef(t.oid) from pg_trigger t where t.tgrelid = any (v_tables) and not t.tgisinternal
      union all
      select 5, format('alter table %s %s trigger %I', t.tgrelid::regclass,
                       case t.tgenabled when 'D' then 'disable' when 'A' then 'enable always' else 'enable replica' end, t.tgname)
      from pg_trigger t where t.tgrelid = any (v_tables) and not t.tgisinternal and t.tgenabled <> 'O'
      union all
      select 5, format('alter table %s.%I replica identity %s', c.relnamespace::regnamespace, c.relname || x.part,
                       case c.relreplident when 'f' then 'full' else 'nothing' end)
      from pg_class c cross join (select '' union all select '_' || n from generate_series(0, ${parts} - 1) as n) as x (part)
      where c.oid = any (v_tables) and c.relreplident in ('f', 'n')
      union all
      select 5, format('alter publication %I add table %s%s%s', b.pubname, r.prrelid::regclass,
                       (select ' (' || string_agg(quote_ident(a.attname), ', ') || ')' from pg_attribute a
                        where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)),
                       ' where (' || pg_get_expr(r.prqual, r.prrelid) || ')')
      from pg_publication_rel r join pg_publication b on b.oid = r.prpubid where r.prrelid = any (v_tables)
      union all
      select 5, format('create policy %I on %s as %s for %s to %s%s%s', p.policyname, c.oid::regclass, p.permissive, p.cmd,
                       (select string_agg(quote_ident(r.role), ', ') from unnest(p.roles) as r (role)),
                       ' using (' || p.qual || ')', ' with check (' || p.with_check || ')')
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_policies p on p.schemaname = n.nspname and p.tablename = c.relname
      where c.oid = any (v_tables)
      union all
      select 6, format('alter table %s %s row level security', c.oid::regclass, x.setting)
      from pg_class c
      cross join lateral (values ('enable', c.relrowsecurity), ('force', c.relforcerowsecurity)) as x (setting, wanted)
      where c.oid = any (v_tables) and x.wanted
    ) x order by x.place, x.sql);
  v_grants := array(
    select format('grant %s on %s to %s%s', g.privilege_type, c.oid::regclass,
                  case g.grantee when 0 then 'public' else g.grantee::regrole::text end,
                  case when g.is_grantable then ' with grant option' else '' end)
    from pg_class c cross join aclexplode(c.relacl) g
    where g.grantee <> c.relowner
      and (c.oid = any (v_tables)
        or c.relnamespace = '${schema}'::regnamespace and c.relname = any (${views}) and c.relkind = 'v'));

  foreach v_sql in array v_before loop
    execute v_sql;
  end loop;
  for v_table in
    select c.relname as name, c.relname || '_whole' as whole, c.relowner::regrole as owner, c.relnamespace::regnamespace as schema,
           case c.relname when 'ticket' then 'id' else 'ticket_id' end as key,
           ' with (' || array_to_string(c.reloptions, ', ') || ')' as options,
           (select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c where c.oid = any (v_tables) order by c.relname
  loop
    execute format('alter table %s.%I rename to %I', v_table.schema, v_table.name, v_table.whole);
    execute format('create table %1$s.%2$I (like %1$s.%3$I including all excluding indexes) partition by hash (%4$I)',
                   v_table.schema, v_table.name, v_table.whole, v_table.key);
    for v_part in 0 .. ${parts} - 1 loop
      execute format('create table %s.%I partition of %1$s.%3$I for values with (modulus ${parts}, remainder %s)%s',
                     v_table.schema, v_table.name || '_' || v_part, v_table.name, v_part, v_table.options);
      execute format('alter table %s.%I owner to %s', v_table.schema, v_table.name || '_' || v_part, v_table.owner);
    end loop;
    execute format('alter table %s.%I owner to %s', v_table.schema, v_table.name, v_table.owner);
    execute format('insert into %1$s.%2$I (%3$s) select %3$s from %1$s.%4$I',
                   v_table.schema, v_table.name, v_table.columns, v_table.whole);
    execute format('drop table %s.%I', v_table.schema, v_table.whole);
  end loop;
  foreach v_sql in array v_after loop
    execute v_sql;
  end loop;
  execute $code$
${code}
$code$;
  foreach v_sql in array v_grants loop
    execute v_sql;
  end loop;
end
$partitions$;

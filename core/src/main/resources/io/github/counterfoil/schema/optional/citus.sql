-- Counterfoil: the tables of what belongs to tickets in ${parts} shards of Citus each, by the ticket's id, and people, numbers and what was purged on
-- every server; optional. To be run by the owner on the coordinator after all other files. What is distributed already stays as it is. A view or function of
-- the host's own that names a table stops it.
do $citus$
declare
  v_tables regclass[];
  v_all    regclass[];
  v_before text[];
  v_after  text[];
  v_sql    text;
begin
  if not exists (select from pg_extension e where e.extname = 'citus') then
    raise exception 'counterfoil: this database has no extension citus' using errcode = 'object_not_in_prerequisite_state';
  end if;
${begin}
  v_tables := array(select c.oid::regclass from pg_class c
                    where c.relnamespace = '${schema}'::regnamespace and c.relname = any (${tables})
                    order by c.relname <> 'ticket', c.relname);
  if exists (select from pg_dist_partition d where d.logicalrelid = any (v_tables)) then
    return;
  end if;
${lock}
  v_all := array['${users}', '${schema}.customer', '${schema}.worker', '${schema}.ticket_purge', '${schema}.ticket_number', '${schema}.ticket_reference', '${schema}.change_epoch']::regclass[] || v_tables;
  -- The guards: each trigger is where its table's shard is.
  perform set_config('citus.enable_unsafe_triggers', 'on', true);
  perform set_config('citus.multi_shard_modify_mode', 'sequential', true);

  v_before := array(
    select x.sql from (
      select 1 as place, format('drop view %s', v.oid::regclass) as sql from pg_class v
      where v.relnamespace = '${schema}'::regnamespace and v.relname = any (${views}) and v.relkind = 'v'
      union all
      select 2, format('alter table %s drop constraint %I', x.conrelid::regclass, x.conname) from pg_constraint x
      where x.contype = 'f' and (x.conrelid = any (v_all) or x.confrelid = any (v_all))
    ) x order by x.place, x.sql);
  v_after := array(
    select format('alter table %s add constraint %I %s', x.conrelid::regclass, x.conname, pg_get_constraintdef(x.oid))
    from pg_constraint x where x.contype = 'f' and (x.conrelid = any (v_all) or x.confrelid = any (v_all)));

  foreach v_sql in array v_before loop
    execute v_sql;
  end loop;
  perform create_reference_table(t.name::regclass) from unnest(v_all[:7]) as t (name);
  perform create_distributed_table(v_tables[1], 'id', shard_count => ${parts});
  perform create_distributed_table(t.name::regclass, 'ticket_id', colocate_with => v_tables[1]::text)
  from unnest(v_tables[2:]) as t (name);
  foreach v_sql in array v_after loop
    execute v_sql;
  end loop;
  execute $code$
${code}
$code$;
  -- Each function is on each server; what is called for one ticket runs where that is, unless Citus cannot hand its values on.
  -- Openings run where they are asked for, on the coordinator: a sequence gives each server numbers of its own.
  perform create_distributed_function(p.oid::regprocedure)
  from pg_proc p where p.pronamespace = '${schema}'::regnamespace and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
    and ${signature} = any (${functions});
  perform create_distributed_function(p.oid::regprocedure, 'p_ticket_id', v_tables[1]::text)
  from pg_proc p where p.pronamespace = '${schema}'::regnamespace and p.proname in ('apply_command', 'mark_read')
    and not exists (select from unnest(p.proargtypes) as a (type) join pg_type t on t.oid = a.type where t.typcategory = 'A');
end
$citus$;

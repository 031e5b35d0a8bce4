-- What is in the schema, a row an object: as the manifest of a release lists it, and as verify() finds it. The names that a
-- host chooses are taken out, and so is what differs between versions of PostgreSQL: constraints for NOT NULL, which have been
-- rows of their own since version 18, and the qualifier of a view's only relation, which is left out since version 16.
with here as materialized (
  -- Before anything is printed: a session may have asked for quotes around every name.
  select n.oid, case when set_config('quote_all_identifiers', 'off', true) = 'off' then n.oid::regnamespace::text || '.' end as dot
  from pg_namespace n where n.oid = '${schema}'::regnamespace
), relation as materialized (
  -- A partition is part of its table, which has the same constraints, indexes and row triggers.
  select c.*, c.relname::text as name from pg_class c join here on here.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
), partition as materialized (
  select p.*, i.inhparent from relation r join pg_inherits i on i.inhparent = r.oid join pg_class p on p.oid = i.inhrelid
  where r.relkind = 'p'
)
select 'table' as kind, r.name,
       case when r.relpersistence = 'p' and not exists (select from partition p where p.inhparent = r.oid and p.relpersistence <> 'p')
            then 'logged' else 'unlogged' end
         || case when exists (select from pg_rewrite w where w.ev_class = r.oid
                                or w.ev_class in (select p.oid from partition p where p.inhparent = r.oid)) then ' with rules' else '' end
         || case when r.relrowsecurity and not exists (select from pg_policy p where p.polrelid = r.oid)
                 then ' with row-level security and no policy' else '' end as definition
from relation r where r.relkind in ('r', 'p')

union all
select 'column', r.name || '.' || a.attname,
       format_type(a.atttypid, a.atttypmod)
         || case when a.attcollation not in (0, t.typcollation) then ' collate ' || a.attcollation::regcollation else '' end
         || case when a.attnotnull then ' not null' else '' end
         || case when a.attidentity <> '' then ' identity' when a.attgenerated <> '' then ' generated' else '' end
         || coalesce(' default ' || trim(regexp_replace(pg_get_expr(d.adbin, d.adrelid), E'\\s+', ' ', 'g')), '')
from relation r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
where r.relkind in ('r', 'p')

union all
select 'constraint', r.name || '.' || x.conname,
       case when x.contype <> 'f' then pg_get_constraintdef(x.oid)
            else format('FOREIGN KEY (%s) REFERENCES %s (%s) %s %s%s',
              (select string_agg(a.attname, ', ' order by k.n) from unnest(x.conkey) with ordinality k (attnum, n)
               join pg_attribute a on a.attrelid = x.conrelid and a.attnum = k.attnum),
              case when users.oid is not null then '<users>'
                   else case when n.oid <> r.relnamespace then n.nspname || '.' else '' end || target.relname end,
              (select string_agg(case when users.oid is not null and '"' || replace(a.attname, '"', '""') || '"' = '${users_id}'
                                      then '<users_id>' else a.attname end, ', ' order by k.n)
               from unnest(x.confkey) with ordinality k (attnum, n)
               join pg_attribute a on a.attrelid = x.confrelid and a.attnum = k.attnum),
              x.confupdtype, x.confdeltype, case when x.condeferrable then ' DEFERRABLE' else '' end)
         end || case when x.convalidated or x.contype <> 'f' then '' else ' NOT VALID' end
         || case when exists (select from pg_trigger t where t.tgconstraint = x.oid and t.tgenabled <> 'O')
                 then ' DISABLED' else '' end
from relation r
join pg_constraint x on x.conrelid = r.oid and x.contype in ('c', 'f', 'p', 'u', 'x') and x.conparentid = 0
left join pg_class target on target.oid = x.confrelid
left join pg_namespace n on n.oid = target.relnamespace
left join lateral (select target.oid where '"' || replace(n.nspname, '"', '""') || '"' = '${users_schema}'
                   and '"' || replace(n.nspname, '"', '""') || '"."' || replace(target.relname, '"', '""') || '"' = '${users}')
  users on true

union all
select 'index', r.name || '.' || i.relname,
       replace(replace(pg_get_indexdef(i.oid), ' ON ONLY ', ' ON '), ' ON ' || here.dot, ' ON ') || case when x.indisvalid then '' else ' INVALID' end
from relation r cross join here
join pg_index x on x.indrelid = r.oid
join pg_class i on i.oid = x.indexrelid
where not exists (select from pg_constraint c where c.conindid = i.oid and c.contype in ('p', 'u', 'x'))

union all
select 'trigger', r.name || '.' || t.tgname,
       replace(replace(pg_get_triggerdef(t.oid), ' ON ' || here.dot, ' ON '), ' FUNCTION ' || here.dot, ' FUNCTION ')
         || case t.tgenabled when 'O' then '' when 'D' then ' DISABLED' else ' ENABLED ' || t.tgenabled::text end
         -- Row triggers come with the table, and others are each partition's own; either may be disabled.
         || coalesce((
              select ' BUT NOT ON ' || string_agg(p.relname, ', ' order by p.relname) from partition p
              where p.inhparent = r.oid and not exists (
                select from pg_trigger o where o.tgrelid = p.oid and o.tgname = t.tgname and o.tgenabled = t.tgenabled
                  and replace(pg_get_triggerdef(o.oid), ' ON ' || here.dot || p.relname || ' ', ' ON ' || here.dot || r.name || ' ')
                      = pg_get_triggerdef(t.oid))), '')
from relation r cross join here
join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal

union all
select 'view', r.name,
       format('%s %s %s', (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
                           from pg_attribute a where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped),
              array_to_string(r.reloptions, ' '),
              md5(regexp_replace(replace(replace(replace(v.text, ' FROM ' || here.dot, ' FROM '),
                                                 ' FROM (' || here.dot, ' FROM ('), ' JOIN ' || here.dot, ' JOIN '),
                                 E'\\m' || coalesce(substring(v.text from E' (\\w+)(?: WHERE \\([^()]*\\))?;$'), '-') || E'\\.', '', 'g')))
from relation r cross join here
cross join lateral (select regexp_replace(pg_get_viewdef(r.oid), E'\\s+', ' ', 'g') as text) v
where r.relkind in ('v', 'm')

union all
select case p.prokind when 'p' then 'procedure' else 'function' end,
       format('%s(%s)', p.proname, regexp_replace(pg_get_function_identity_arguments(p.oid), qualifier, '', 'g')),
       format('%s returns %s %s%s %s%s%s %s', l.lanname, regexp_replace(pg_get_function_result(p.oid), qualifier, '', 'g'), p.provolatile, p.proparallel,
              case when p.proisstrict then 'strict ' else '' end
                || case when p.prosecdef then 'security definer ' else '' end,
              replace(array_to_string(p.proconfig, ' '), 'search_path=' || left(here.dot, -1), 'search_path=<schema>'),
              case when exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0)
                   then ' executable by everybody' else '' end
                || case when p.prosecdef and p.proowner <> (select r.relowner from relation r where r.name = 'ticket')
                        then ' not owned as the tables are' else '' end,
              md5(replace(replace(replace(p.prosrc, '${users}', '<users>'), '${users_id}', '<users_id>'),
                          '${schema}', '<schema>')))
from pg_proc p cross join here
cross join (values (E'("([^"]|"")+"|\\m[a-z_][a-z0-9_]*)\\.')) as x (qualifier)
join pg_language l on l.oid = p.prolang
where p.pronamespace = here.oid and p.prokind in ('f', 'p')
order by 1, 2

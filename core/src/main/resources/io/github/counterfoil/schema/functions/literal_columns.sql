-- The columns of the documented tables in a schema of the host's, by what their values are; of a domain what those of its base
-- type are. A table without columns comes once. With the caller's rights: what they may read, and whether rows are hidden
-- from them.
create or replace function ${schema}.literal_columns(p_schema text)
returns table (relation text, permitted boolean, hidden boolean, name text, type text, kind text, element text)
language sql stable
set search_path = ${schema}, pg_temp
as $$
  with recursive literal as (
    select c.oid, c.relname::text as name, row_security_active(c.oid) as hidden,
           has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as permitted
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = p_schema and c.relname in ('customers', 'workers', 'tickets')
      and c.relkind in ('r', 'p', 'v', 'm', 'f')
  ), step as (
    select a.attrelid, a.attnum, false as of_element, a.atttypid as type
    from literal l join pg_attribute a on a.attrelid = l.oid and a.attnum > 0 and not a.attisdropped
    union all
    select s.attrelid, s.attnum, s.of_element or t.typtype <> 'd',
           case t.typtype when 'd' then t.typbasetype else t.typelem end
    from step s join pg_type t on t.oid = s.type
    where t.typtype = 'd' or t.typcategory = 'A' and not s.of_element
  ), base as (
    select s.attrelid, s.attnum, s.of_element,
           case when t.typcategory = 'A' then 'array'
                when t.typcategory in ('S', 'E') then 'text'
                when t.typcategory = 'C' then 'row'
                when t.typnamespace = 'pg_catalog'::regnamespace then
                  case when t.typname in ('json', 'jsonb') then 'json'
                       when t.typname in ('uuid', 'timestamptz') then t.typname::text
                       else 'other' end
                -- What a host defined and put into no category of PostgreSQL's is what it is written as.
                when t.typcategory = 'U' then 'own'
                else 'other' end as kind
    from step s join pg_type t on t.oid = s.type
    where t.typtype <> 'd'
  )
  select l.name, l.permitted, l.hidden, a.attname::text, format_type(a.atttypid, null), b.kind, e.kind
  from literal l
  left join pg_attribute a on a.attrelid = l.oid and a.attnum > 0 and not a.attisdropped
  left join base b on b.attrelid = a.attrelid and b.attnum = a.attnum and not b.of_element
  left join base e on e.attrelid = a.attrelid and e.attnum = a.attnum and e.of_element
  order by a.attnum
$$;
revoke all on function ${schema}.literal_columns(text) from public;

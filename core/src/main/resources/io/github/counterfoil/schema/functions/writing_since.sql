-- Since when the oldest transaction runs that has written, of those that who asks may see.
create or replace function ${schema}.writing_since() returns timestamptz
language plpgsql stable
set search_path = ${schema}, pg_temp
as $$
begin
  return least((select min(a.xact_start) from pg_stat_activity a where a.backend_xid is not null),
               (select min(x.prepared) from pg_prepared_xacts x));
end
$$;
revoke all on function ${schema}.writing_since() from public;

-- Whether the events are on several servers of Citus: each counts its own transactions, and there is no order of all.
create or replace function ${schema}.changes_distributed() returns boolean
language plpgsql stable
as $$
declare
  v_distributed boolean := false;
begin
  if to_regclass('pg_catalog.pg_dist_partition') is not null then
    execute 'select exists (select from pg_catalog.pg_dist_partition d where d.logicalrelid = ''ticket_event''::regclass)' into v_distributed;
  end if;
  return v_distributed;
end
$$;
revoke all on function ${schema}.changes_distributed() from public;

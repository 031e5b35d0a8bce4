-- Before which position nothing comes in any more: every transaction below is over, and what it stored is seen by who asks.
create or replace function ${schema}.change_horizon() returns bigint
language plpgsql stable security definer
set search_path = ${schema}, pg_temp
as $$
begin
  return (select c.epoch << 53 | (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 8) from change_epoch c);
end
$$;
revoke all on function ${schema}.change_horizon() from public;

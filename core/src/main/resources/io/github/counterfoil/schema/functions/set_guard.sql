-- Opens a guard for what follows in the transaction, and closes it again. Who opens one gives it back at the end; what is thrown takes it
-- back by itself. An assignment, which is no statement to PostgreSQL, unless servers of Citus have to follow.
create or replace function ${schema}.set_guard(p_guard text, p_to text) returns boolean
language plpgsql
as $$
declare
  v_done text;
begin
  if current_setting('citus.shard_count', true) is null then
    v_done := set_config('counterfoil.' || p_guard, p_to, true);
  else
    perform switch_guard(p_guard, p_to) from (values (1)) as x;
  end if;
  return true;
end
$$;
revoke all on function ${schema}.set_guard(text, text) from public;

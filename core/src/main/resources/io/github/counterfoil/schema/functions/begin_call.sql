-- What each function begins with that Java calls to write. No lock is waited for longer than p_patience milliseconds, nor than the caller
-- allows by itself; what is stored is on disk when the commit is answered, if p_durable, whatever the session says, unless it
-- asks for more. Gives back lock_timeout as it was, for the end. synchronous_commit stays: it counts at the commit.
create or replace function ${schema}.begin_call(p_patience integer, p_durable boolean) returns text
language plpgsql
as $$
declare
  c_timeout constant text := current_setting('lock_timeout');
  v_done    text;
begin
  if c_timeout = '0' or c_timeout::interval > p_patience * interval '1 millisecond' then
    v_done := set_config('lock_timeout', p_patience::text, true);
  end if;
  if p_durable and current_setting('synchronous_commit') in ('off', 'local') then
    v_done := set_config('synchronous_commit', 'on', true);
  end if;
  return c_timeout;
end
$$;
revoke all on function ${schema}.begin_call(integer, boolean) from public;

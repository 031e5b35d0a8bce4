-- From now on each transaction that stores a change announces it, or none does. Whoever writes is waited for, so that nothing of before is
-- stored later without a word; those who wait are woken, and told if there is nothing to wait for any more.
create or replace function ${schema}.announce_changes(p_on boolean, p_patience integer, p_durable boolean)
returns table (refusal text)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  v_timeout text;
begin
  if changes_distributed() then
    refusal := 'changes.distributed';
  elsif exists (select from change_epoch c where c.announced <> p_on) then
    v_timeout := begin_call(p_patience, p_durable);
    lock table ticket in exclusive mode;
    update change_epoch c set announced = p_on where c.announced <> p_on;
    perform pg_notify(changes_channel(), '');
    perform set_config('lock_timeout', v_timeout, true);
  end if;
  return next;
end
$$;
revoke all on function ${schema}.announce_changes(boolean, integer, boolean) from public;

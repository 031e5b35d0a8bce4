-- Whether nobody is an active administrator but this worker, for who has the lock of hold_admins and the worker's. At the stricter
-- levels of isolation a snapshot from before another one went would still show them: there locking their row finds that out.
create or replace function ${schema}.is_last_admin(p_id uuid) returns boolean
language plpgsql
as $$
begin
  if not is_admin(p_id) then
    return false;
  end if;
  if current_setting('transaction_isolation') = 'read committed' then
    perform from worker w where w.active and w.role = 'admin' and w.id <> p_id limit 1;
  else
    perform from worker w where w.active and w.role = 'admin' and w.id <> p_id order by w.id limit 1 for share;
  end if;
  return not found;
end
$$;
revoke all on function ${schema}.is_last_admin(uuid) from public;

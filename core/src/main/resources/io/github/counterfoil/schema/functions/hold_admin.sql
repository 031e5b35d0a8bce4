-- Holds an administrator and the worker whom they decide about, in the order of their ids, and says whether the one is an
-- administrator still. The administrator is shared: assignments share workers in any order.
create or replace function ${schema}.hold_admin(p_admin_id uuid, p_id uuid) returns boolean
language plpgsql
as $$
begin
  if p_admin_id < p_id then
    perform from worker w where w.id = p_admin_id for share;
  end if;
  perform from worker w where w.id = p_id for no key update;
  if p_admin_id > p_id then
    perform from worker w where w.id = p_admin_id for share;
  end if;
  return is_admin(p_admin_id);
end
$$;
revoke all on function ${schema}.hold_admin(uuid, uuid) from public;

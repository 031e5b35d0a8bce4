-- Their assignments do not come back. Who was made up, or whose account was let go of, becomes a worker like others, and so a user.
create or replace function ${schema}.reactivate_worker(p_id uuid, p_admin_id uuid) returns text
language plpgsql
as $$
begin
  if not hold_admin(p_admin_id, p_id) then
    return 'actor.not_admin';
  end if;
  if exists (select from worker w where w.id = p_id and (w.placeholder or w.detached) and not w.erased) and not ensure_user(p_id) then
    return 'user.not_found';
  end if;
  update worker w set active = true, placeholder = false, detached = false
  where w.id = p_id and not w.erased and not w.system;
  return case when not found then refused_person(p_id, 'agent') end;
end
$$;
revoke all on function ${schema}.reactivate_worker(uuid, uuid) from public;

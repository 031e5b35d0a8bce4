create or replace function ${schema}.change_worker_role(p_id uuid, p_admin_id uuid, p_role text) returns text
language plpgsql
as $$
begin
  if p_role <> 'admin' then
    perform hold_admins();
  end if;
  if not hold_admin(p_admin_id, p_id) then
    return 'actor.not_admin';
  end if;
  if p_role <> 'admin' and is_last_admin(p_id) then
    return 'admin.last';
  end if;
  update worker w set role = p_role where w.id = p_id and not w.erased and not w.system;
  return case when not found then refused_person(p_id, 'agent') end;
end
$$;
revoke all on function ${schema}.change_worker_role(uuid, uuid, text) from public;

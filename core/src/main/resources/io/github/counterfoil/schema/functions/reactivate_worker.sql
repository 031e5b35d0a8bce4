-- Their assignments do not come back.
create or replace function ${schema}.reactivate_worker(p_id uuid, p_admin_id uuid) returns text
language plpgsql
as $$
begin
  if not hold_admin(p_admin_id, p_id) then
    return 'actor.not_admin';
  end if;
  update worker w set active = true where w.id = p_id and not w.erased;
  return case when not found then refused_person(p_id, 'agent') end;
end
$$;
revoke all on function ${schema}.reactivate_worker(uuid, uuid) from public;

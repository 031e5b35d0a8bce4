create or replace function ${schema}.change_worker_role(p_id uuid, p_admin_id uuid, p_role text) returns text
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
begin
  perform from worker w where w.id = p_admin_id and w.active and w.role = 'admin';
  if not found then
    return 'actor.not_admin';
  end if;
  update worker w set role = p_role where w.id = p_id;
  return case when not found then 'worker.not_found' end;
end
$$;
revoke all on function ${schema}.change_worker_role(uuid, uuid, text) from public;

-- Whether somebody is an active administrator.
create or replace function ${schema}.is_admin(p_id uuid) returns boolean
language plpgsql
as $$
begin
  return exists (select from worker w where w.id = p_id and w.active and w.role = 'admin');
end
$$;
revoke all on function ${schema}.is_admin(uuid) from public;

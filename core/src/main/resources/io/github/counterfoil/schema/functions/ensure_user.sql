-- Whether the host knows the person. A table of users that Counterfoil made itself gets a row.
create or replace function ${schema}.ensure_user(p_id uuid) returns boolean
language plpgsql
as $$
begin
  if obj_description('${users}'::regclass, 'pg_class') = 'made by Counterfoil' then
    insert into ${users} (${users_id}) values (p_id) on conflict do nothing;
    return true;
  end if;
  return exists (select from ${users} u where u.${users_id} = p_id);
end
$$;
revoke all on function ${schema}.ensure_user(uuid) from public;

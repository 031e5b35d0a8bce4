-- Whether the person whom a role is to be given was erased in the other one: nobody who was erased on one side comes back on
-- the other. An erasing under way is waited for.
create or replace function ${schema}.erased_as_other(p_id uuid, p_role text) returns boolean
language plpgsql
as $$
declare
  v_erased boolean;
begin
  if p_role = 'agent' then
    select c.erased into v_erased from customer c where c.id = p_id for share;
  else
    select w.erased into v_erased from worker w where w.id = p_id for share;
  end if;
  return coalesce(v_erased, false);
end
$$;
revoke all on function ${schema}.erased_as_other(uuid, text) from public;

-- Takes a customer's right to write or gives it back. What they are writing now is waited for, and what comes later is refused.
create or replace function ${schema}.block_customer(p_id uuid, p_admin_id uuid, p_blocked boolean) returns text
language plpgsql
as $$
begin
  if p_blocked then
    perform pg_advisory_xact_lock(author_lock(p_id));
  end if;
  if not hold_admin(p_admin_id, p_id) then
    return 'actor.not_admin';
  end if;
  update customer c set blocked = p_blocked where c.id = p_id and not c.erased;
  return case when not found then refused_person(p_id, 'customer') end;
end
$$;
revoke all on function ${schema}.block_customer(uuid, uuid, boolean) from public;

-- What p_args does not hold stays as it is. Who was erased is never named again, here and in the functions beside it.
create or replace function ${schema}.update_customer(p_id uuid, p_args jsonb) returns text
language plpgsql
as $$
begin
  update customer c set
    email = coalesce(p_args ->> 'email', c.email),
    first_name = coalesce(p_args ->> 'first_name', c.first_name),
    last_name = coalesce(p_args ->> 'last_name', c.last_name),
    preferred_language = coalesce(p_args ->> 'preferred_language', c.preferred_language)
  where c.id = p_id and not c.erased;
  if found then
    return null;
  end if;
  return case when exists (select from customer c where c.id = p_id) then 'person.erased' else 'customer.not_found' end;
exception when unique_violation then
  return 'email.taken';
end
$$;
revoke all on function ${schema}.update_customer(uuid, jsonb) from public;

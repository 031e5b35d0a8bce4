-- What p_args does not hold stays as it is.
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
  return case when not found then refused_person(p_id, 'customer') end;
exception when unique_violation then
  return 'email.taken';
end
$$;
revoke all on function ${schema}.update_customer(uuid, jsonb) from public;

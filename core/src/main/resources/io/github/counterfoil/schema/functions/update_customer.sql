-- A null leaves the value as it is.
create or replace function ${schema}.update_customer(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_preferred_language text
) returns text
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
begin
  update customer c set
    email = coalesce(p_email, c.email),
    first_name = coalesce(p_first_name, c.first_name),
    last_name = coalesce(p_last_name, c.last_name),
    preferred_language = coalesce(p_preferred_language, c.preferred_language)
  where c.id = p_id;
  return case when not found then 'customer.not_found' end;
exception when unique_violation then
  return 'email.taken';
end
$$;
revoke all on function ${schema}.update_customer(uuid, text, text, text, text) from public;

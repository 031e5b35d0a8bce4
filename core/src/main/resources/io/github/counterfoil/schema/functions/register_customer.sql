-- Gives back the refusal, null if there is none, here and in the functions beside it.
create or replace function ${schema}.register_customer(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_preferred_language text
) returns text
language plpgsql
as $$
begin
  if not ensure_user(p_id) then
    return 'user.not_found';
  end if;
  if erased_as_other(p_id, 'customer') then
    return 'person.erased';
  end if;
  insert into customer (id, email, first_name, last_name, preferred_language)
  values (p_id, p_email, p_first_name, p_last_name, p_preferred_language)
  on conflict do nothing;
  if found then
    return null;
  end if;
  -- Who was made up when tickets named them becomes who they are, and whose account was let go of has one again.
  update customer c set email = p_email, first_name = p_first_name, last_name = p_last_name,
                        preferred_language = p_preferred_language, placeholder = false, detached = false
  where c.id = p_id and (c.placeholder or c.detached) and not c.erased;
  if found then
    return null;
  end if;
  return case (select c.erased from customer c where c.id = p_id)
         when true then 'person.erased' when false then 'person.exists' else 'email.taken' end;
exception when unique_violation then
  return 'email.taken';
end
$$;
revoke all on function ${schema}.register_customer(uuid, text, text, text, text) from public;

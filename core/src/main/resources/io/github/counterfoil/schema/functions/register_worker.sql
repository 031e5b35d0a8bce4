-- As register_customer.
create or replace function ${schema}.register_worker(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_role text, p_skills text[], p_languages text[],
  p_timezone text, p_metrics jsonb
) returns text
language plpgsql
as $$
begin
  if not ensure_user(p_id) then
    return 'user.not_found';
  end if;
  if erased_as_other(p_id, 'agent') then
    return 'person.erased';
  end if;
  insert into worker (id, email, first_name, last_name, role, skills, languages, timezone, metrics)
  values (p_id, p_email, p_first_name, p_last_name, p_role, p_skills, p_languages, p_timezone, p_metrics)
  on conflict do nothing;
  if found then
    return null;
  end if;
  update worker w set email = p_email, first_name = p_first_name, last_name = p_last_name, role = p_role, skills = p_skills,
                      languages = p_languages, timezone = p_timezone, metrics = p_metrics, active = true, placeholder = false, detached = false
  where w.id = p_id and w.placeholder and not w.erased;
  if found then
    return null;
  end if;
  return case (select w.erased from worker w where w.id = p_id)
         when true then 'person.erased' when false then 'person.exists' else 'email.taken' end;
exception when unique_violation then
  return 'email.taken';
end
$$;
revoke all on function ${schema}.register_worker(uuid, text, text, text, text, text[], text[], text, jsonb) from public;

-- Counterfoil 4: customers and workers. As in 002, refusals come back as data.

create function ${schema}.ensure_user(p_id uuid) returns boolean
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  if obj_description('${users}'::regclass, 'pg_class') = 'made by Counterfoil' then
    insert into ${users} (${users_id}) values (p_id) on conflict do nothing;
    return true;
  end if;
  return exists (select from ${users} u where u.${users_id} = p_id);
end
$$;

create function ${schema}.register_customer(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_preferred_language text
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  if not ensure_user(p_id) then
    return 'user-unknown';
  end if;
  insert into customer (id, email, first_name, last_name, preferred_language)
  values (p_id, p_email, p_first_name, p_last_name, p_preferred_language)
  on conflict do nothing;
  if found then
    return 'registered';
  end if;
  return case when exists (select from customer c where c.id = p_id) then 'exists' else 'email-taken' end;
end
$$;

create function ${schema}.register_worker(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_role text, p_skills text[], p_languages text[],
  p_timezone text, p_metrics jsonb
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  if not ensure_user(p_id) then
    return 'user-unknown';
  end if;
  insert into worker (id, email, first_name, last_name, role, skills, languages, timezone, metrics)
  values (p_id, p_email, p_first_name, p_last_name, p_role, p_skills, p_languages, p_timezone, p_metrics)
  on conflict do nothing;
  if found then
    return 'registered';
  end if;
  return case when exists (select from worker w where w.id = p_id) then 'exists' else 'email-taken' end;
end
$$;

-- In both: a null leaves the value as it is.
create function ${schema}.update_customer(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_preferred_language text
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  update customer c set
    email = coalesce(p_email, c.email),
    first_name = coalesce(p_first_name, c.first_name),
    last_name = coalesce(p_last_name, c.last_name),
    preferred_language = coalesce(p_preferred_language, c.preferred_language)
  where c.id = p_id;
  return case when found then 'updated' else 'person-unknown' end;
exception when unique_violation then
  return 'email-taken';
end
$$;

create function ${schema}.update_worker(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_role text, p_skills text[], p_languages text[],
  p_timezone text, p_metrics jsonb
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  update worker w set
    email = coalesce(p_email, w.email),
    first_name = coalesce(p_first_name, w.first_name),
    last_name = coalesce(p_last_name, w.last_name),
    role = coalesce(p_role, w.role),
    skills = coalesce(p_skills, w.skills),
    languages = coalesce(p_languages, w.languages),
    timezone = coalesce(p_timezone, w.timezone),
    metrics = coalesce(p_metrics, w.metrics)
  where w.id = p_id;
  return case when found then 'updated' else 'person-unknown' end;
exception when unique_violation then
  return 'email-taken';
end
$$;

insert into ${schema}.schema_history (version, name) values (4, 'people');

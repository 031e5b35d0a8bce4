-- As update_customer; a role is changed by change_worker_role alone.
create or replace function ${schema}.update_worker(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_skills text[], p_languages text[],
  p_timezone text, p_metrics jsonb
) returns text
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
begin
  update worker w set
    email = coalesce(p_email, w.email),
    first_name = coalesce(p_first_name, w.first_name),
    last_name = coalesce(p_last_name, w.last_name),
    skills = coalesce(p_skills, w.skills),
    languages = coalesce(p_languages, w.languages),
    timezone = coalesce(p_timezone, w.timezone),
    metrics = coalesce(p_metrics, w.metrics)
  where w.id = p_id;
  return case when not found then 'worker.not_found' end;
exception when unique_violation then
  return 'email.taken';
end
$$;
revoke all on function ${schema}.update_worker(uuid, text, text, text, text[], text[], text, jsonb) from public;

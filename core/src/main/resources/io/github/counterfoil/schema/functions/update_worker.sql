-- As update_customer; a role is changed by change_worker_role alone.
create or replace function ${schema}.update_worker(p_id uuid, p_args jsonb) returns text
language plpgsql
as $$
begin
  update worker w set
    email = coalesce(p_args ->> 'email', w.email),
    first_name = coalesce(p_args ->> 'first_name', w.first_name),
    last_name = coalesce(p_args ->> 'last_name', w.last_name),
    skills = coalesce(text_array(p_args -> 'skills'), w.skills),
    languages = coalesce(text_array(p_args -> 'languages'), w.languages),
    timezone = coalesce(p_args ->> 'timezone', w.timezone),
    metrics = coalesce(p_args -> 'metrics', w.metrics)
  where w.id = p_id and not w.erased and not w.system;
  return case when not found then refused_person(p_id, 'agent') end;
exception when unique_violation then
  return 'email.taken';
end
$$;
revoke all on function ${schema}.update_worker(uuid, jsonb) from public;

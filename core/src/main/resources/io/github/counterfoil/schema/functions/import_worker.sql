-- As import_customer.
create or replace function ${schema}.import_worker(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_role text, p_skills text[], p_languages text[],
  p_timezone text, p_metrics jsonb, p_created_at timestamptz, p_patience integer, p_durable boolean
) returns text
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_refusal constant text := register_worker(p_id, p_email, p_first_name, p_last_name, p_role, p_skills, p_languages,
                                             p_timezone, p_metrics);
begin
  if v_refusal is null then
    update worker w set created_at = p_created_at where w.id = p_id;
  end if;
  perform set_config('lock_timeout', c_timeout, true);
  return v_refusal;
end
$$;
revoke all on function ${schema}.import_worker(uuid, text, text, text, text, text[], text[], text, jsonb, timestamptz, integer, boolean) from public;

-- A person from elsewhere: as registered, and with what only a history can tell.
create or replace function ${schema}.import_customer(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_preferred_language text, p_channels text[],
  p_patience integer, p_durable boolean
) returns text
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_refusal constant text := register_customer(p_id, p_email, p_first_name, p_last_name, p_preferred_language);
begin
  if v_refusal is null then
    update customer c set communication_channels = p_channels where c.id = p_id;
  end if;
  perform set_config('lock_timeout', c_timeout, true);
  return v_refusal;
end
$$;
revoke all on function ${schema}.import_customer(uuid, text, text, text, text, text[], integer, boolean) from public;

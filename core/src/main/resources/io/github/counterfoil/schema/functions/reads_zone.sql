-- Whether this server knows a time zone, null included.
create or replace function ${schema}.reads_zone(p_name text) returns boolean
language plpgsql stable
as $$
begin
  perform now() at time zone p_name;
  return true;
exception when invalid_parameter_value then
  return false;
end
$$;
revoke all on function ${schema}.reads_zone(text) from public;

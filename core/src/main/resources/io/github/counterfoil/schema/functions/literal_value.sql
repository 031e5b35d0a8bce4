-- A value of a literal table as JSON, the same in every session; null for none. '' stands for one that is longer than p_most
-- bytes or than PostgreSQL can write, and '!' for one that it cannot read: neither ends the statement that asks for it. With
-- the caller's rights: a type of the host's may bring code along.
create or replace function ${schema}.literal_value(p_value anyelement, p_most integer) returns text
language plpgsql stable strict
set search_path = ${schema}, pg_temp set timezone = 'UTC' set intervalstyle = 'postgres'
set bytea_output = 'hex' set extra_float_digits = 1
as $$
declare
  v_json text;
begin
  v_json := to_json(p_value)::text;
  return case when octet_length(v_json) <= p_most then v_json else '' end;
exception
  when program_limit_exceeded then
    return '';
  when data_exception or internal_error then
    return '!';
end
$$;
revoke all on function ${schema}.literal_value(anyelement, integer) from public;

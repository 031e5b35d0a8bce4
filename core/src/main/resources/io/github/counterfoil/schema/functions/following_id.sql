-- The id of an event that follows another of its command in the way n: a UUID of version 8 (RFC 9562).
create or replace function ${schema}.following_id(p_first uuid, p_n integer) returns uuid
language plpgsql immutable
as $$
declare
  h constant bytea := sha256(uuid_send(p_first) || int4send(p_n));
begin
  return encode(set_byte(set_byte(substr(h, 1, 16), 6, get_byte(h, 6) & 15 | 128), 8, get_byte(h, 8) & 63 | 128), 'hex')::uuid;
end
$$;
revoke all on function ${schema}.following_id(uuid, integer) from public;

-- A time as ticket.shown holds it: the same in every time zone of a session.
create or replace function ${schema}.micros(p_time timestamptz) returns bigint
language plpgsql immutable
as $$
begin
  return (extract(epoch from p_time) * 1000000)::bigint;
end
$$;
revoke all on function ${schema}.micros(timestamptz) from public;

-- A time as ticket.shown holds it: the same in every time zone of a session.
create or replace function ${schema}.micros(p_time timestamptz) returns bigint
language sql immutable
as $$
  select (extract(epoch from p_time) * 1000000)::bigint
$$;
revoke all on function ${schema}.micros(timestamptz) from public;

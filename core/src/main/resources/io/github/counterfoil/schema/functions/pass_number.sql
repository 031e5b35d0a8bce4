-- Sees to it that the next number that is given is beyond this one.
create or replace function ${schema}.pass_number(p_number bigint) returns void
language plpgsql
as $$
begin
  perform setval('ticket_number_number_seq', p_number) from ticket_number_number_seq s where s.last_value < p_number;
end
$$;
revoke all on function ${schema}.pass_number(bigint) from public;

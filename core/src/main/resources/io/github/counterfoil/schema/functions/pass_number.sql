-- Sees to it that the next number that is given is beyond this one. One after another, so that none sets it back.
create or replace function ${schema}.pass_number(p_number bigint) returns void
language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('number'));
  perform setval('ticket_number_number_seq', p_number) from ticket_number_number_seq s where s.last_value < p_number;
end
$$;
revoke all on function ${schema}.pass_number(bigint) from public;

-- What something was found by that is taken out.
create or replace function ${schema}.forget_words(p_ticket_id uuid, p_seq integer) returns void
language plpgsql
as $$
begin
  delete from ticket_search s where s.ticket_id = p_ticket_id and s.seq = p_seq;
end
$$;
revoke all on function ${schema}.forget_words(uuid, integer) from public;

-- What a text was found by that is taken out: of an event, or of what the ticket started with for one side. A row of the other side is no
-- part of it, since customers would find less by what the staff did.
create or replace function ${schema}.forget_words(p_ticket_id uuid, p_seq integer, p_private boolean) returns void
language plpgsql
as $$
begin
  delete from ticket_search s where s.ticket_id = p_ticket_id and s.seq = p_seq and s.private = p_private;
end
$$;
revoke all on function ${schema}.forget_words(uuid, integer, boolean) from public;

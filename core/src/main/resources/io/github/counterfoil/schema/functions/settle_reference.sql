-- What became of a command that claimed a reference: it stored so many events, or none, and then there is nothing to refer to.
create or replace function ${schema}.settle_reference(p_reference jsonb, p_ticket uuid, p_seq integer, p_events integer) returns void
language plpgsql
as $$
declare
  c_key   constant uuid := (p_reference ->> 'key')::uuid;
  c_giver constant uuid := (p_reference ->> 'giver')::uuid;
begin
  if p_events = 0 then
    delete from ticket_reference r where r.key = c_key and r.giver = c_giver and r.ticket = p_ticket and r.seq = p_seq;
  elsif p_events > 1 then
    update ticket_reference r set events = p_events where r.key = c_key and r.giver = c_giver and r.ticket = p_ticket and r.seq = p_seq;
  end if;
end
$$;
revoke all on function ${schema}.settle_reference(jsonb, uuid, integer, integer) from public;

-- Where what is stored now of a ticket stands among the changes: after all that was stored of it, and after all that anybody was shown
-- who reads changes, since those of transactions that are not over are shown to nobody. p_last_seq is the ticket's last event; 0 if it
-- has none, and null if the ticket is new. Where changes are announced, that one comes is said with the commit.
create or replace function ${schema}.event_position(p_ticket_id uuid, p_last_seq integer) returns bigint
language plpgsql
as $$
declare
  v_last      bigint;
  v_epoch     bigint;
  v_announced boolean;
begin
  if p_last_seq > 0 then
    select e.position into v_last from ticket_event e where e.ticket_id = p_ticket_id and e.seq = p_last_seq;
  elsif p_last_seq = 0 then
    select t.position into v_last from ticket t where t.id = p_ticket_id;
  end if;
  select c.epoch, c.announced into v_epoch, v_announced from change_epoch c;
  if v_announced then
    perform pg_notify(changes_channel(), '');
  end if;
  return greatest(
    v_epoch << 53 | (pg_current_xact_id()::text::bigint << 8) | get_byte(sha256(uuid_send(p_ticket_id)), 0), v_last);
end
$$;
revoke all on function ${schema}.event_position(uuid, integer) from public;

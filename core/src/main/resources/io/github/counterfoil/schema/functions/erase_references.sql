-- The ids that a customer gave, ticket by ticket: their keys stay, so that nothing that they sent comes in again. Tickets are locked
-- first, as by whoever redacts or purges.
create or replace function ${schema}.erase_references(p_id uuid, p_state jsonb, p_at_once integer) returns jsonb
language plpgsql
as $$
declare
  v_tickets uuid[];
begin
  v_tickets := array(
    select distinct x.ticket from (
      select r.ticket from ticket_reference r
      where r.giver = p_id and r.id is not null and r.giver <> '00000000-0000-0000-0000-000000000000'
      order by r.ticket limit p_at_once) as x);
  if v_tickets = '{}' then
    return p_state || '{"step": "marks"}';
  end if;
  perform from ticket t where t.id = any (v_tickets) order by t.id for update;
  perform set_guard('command', 'on');
  update ticket_reference r set id = null where r.giver = p_id and r.ticket = any (v_tickets) and r.id is not null;
  perform set_guard('command', '');
  return p_state || '{"step": "references"}';
end
$$;
revoke all on function ${schema}.erase_references(uuid, jsonb, integer) from public;

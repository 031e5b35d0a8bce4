-- What names a person in tickets that are theirs, that they take part in or follow, or that they were assigned to, and that they wrote
-- nothing in.
create or replace function ${schema}.erase_others(p_id uuid, p_state jsonb, p_at_once integer) returns jsonb
language plpgsql
as $$
declare
  c_after   constant uuid := coalesce(p_state ->> 'after', '00000000-0000-0000-0000-000000000000');
  v_tickets uuid[];
begin
  -- So many, or as many as hold 16 MiB: a step is short whatever is in them.
  v_tickets := array(
    select o.id from (
      select x.id, sum(x.weight) over (order by x.id) - x.weight as held from (
        select t.id, t.weight from (
          select t.id from ticket t where t.customer_id = p_id
          union select p.ticket_id from ticket_participant p where p.customer_id = p_id
          union select f.ticket_id from ticket_follower f where f.worker_id = p_id
          union select a.ticket_id from ticket_assignment a where a.worker_id = p_id
          union select r.ticket_id from ticket_resolution r where r.worker_id = p_id) as i
        join ticket t on t.id = i.id
        where t.id > c_after and not exists (select from ticket_event e where e.ticket_id = t.id and e.created_by = p_id)
        order by t.id limit greatest(p_at_once, 1)) as x) as o
    where o.held < 16777216 order by o.id);
  if v_tickets = '{}' then
    return erase_references(p_id, p_state - 'after', p_at_once);
  end if;
  return erase_mentions(p_state || jsonb_build_object('after', v_tickets[cardinality(v_tickets)]), v_tickets);
end
$$;
revoke all on function ${schema}.erase_others(uuid, jsonb, integer) from public;

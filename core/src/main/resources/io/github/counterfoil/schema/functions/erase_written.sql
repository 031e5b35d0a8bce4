-- What names a person in tickets that they wrote in, along their events once more. A ticket is looked at where the last of its
-- events comes that are theirs.
create or replace function ${schema}.erase_written(p_id uuid, p_state jsonb, p_at_once integer) returns jsonb
language plpgsql
as $$
declare
  c_after   constant timestamptz := coalesce((p_state ->> 'after')::timestamptz, '-infinity');
  v_tickets uuid[];
  v_last    timestamptz;
begin
  select array_agg(distinct x.ticket_id), max(x.created_at) into v_tickets, v_last
  from (select e.ticket_id, e.created_at from ticket_event e
        where e.created_by = p_id and e.created_at > c_after order by e.created_at limit p_at_once) as x;
  if v_last is null then
    return p_state - 'after' || '{"step": "others"}';
  end if;
  v_tickets := array(
    select x.id from unnest(v_tickets) as x (id)
    where not exists (select from ticket_event e where e.ticket_id = x.id and e.created_by = p_id and e.created_at > v_last));
  return erase_mentions(p_state || jsonb_build_object('after', v_last), v_tickets);
end
$$;
revoke all on function ${schema}.erase_written(uuid, jsonb, integer) from public;

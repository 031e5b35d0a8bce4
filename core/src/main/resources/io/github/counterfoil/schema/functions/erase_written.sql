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
  -- So many, or as many as hold 16 MiB: a step is short whatever they wrote.
  select max(x.created_at) into v_last from (
    select e.created_at, sum(e.size) over (order by e.created_at, e.ticket_id, e.seq) - e.size as held
    from (select o.created_at, o.ticket_id, o.seq, o.size from ticket_event o
          where o.created_by = p_id and o.created_at > c_after order by o.created_at limit p_at_once) as e
  ) as x where x.held < 16777216;
  if v_last is null then
    return p_state - 'after' || '{"step": "others"}';
  end if;
  v_tickets := array(
    select distinct x.ticket_id from ticket_event x
    where x.created_by = p_id and x.created_at > c_after and x.created_at <= v_last
      and not exists (select from ticket_event e where e.ticket_id = x.ticket_id and e.created_by = p_id and e.created_at > v_last));
  return erase_mentions(p_state || jsonb_build_object('after', v_last), v_tickets);
end
$$;
revoke all on function ${schema}.erase_written(uuid, jsonb, integer) from public;

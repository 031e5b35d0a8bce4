-- The names under the next events of a person, in the order of their times, so many at once: their tickets are locked first, as
-- by everybody who changes events. Names that the person had before are looked for later, too.
create or replace function ${schema}.erase_names(p_id uuid, p_state jsonb, p_at_once integer) returns jsonb
language plpgsql
as $$
declare
  c_after   constant timestamptz := coalesce((p_state ->> 'after')::timestamptz, '-infinity');
  v_tickets uuid[];
  v_last    timestamptz;
  v_count   integer;
  v_people  jsonb;
begin
  select max(x.created_at), count(*) into v_last, v_count
  from (select e.created_at from ticket_event e
        where e.created_by = p_id and e.created_at > c_after order by e.created_at limit p_at_once) as x;
  if v_count = 0 then
    return p_state - 'after' || '{"step": "written"}';
  end if;
  -- Also those whose events came at the very moment of the last.
  v_tickets := array(select distinct e.ticket_id from ticket_event e
                     where e.created_by = p_id and e.created_at > c_after and e.created_at <= v_last);
  perform from ticket t where t.id = any (v_tickets) order by t.id for update;
  select jsonb_agg(distinct p.one) into v_people from (
    select x.one from jsonb_array_elements(p_state -> 'people') as x (one)
    union
    select jsonb_build_object('first', e.created_by_first_name, 'last', e.created_by_last_name) from ticket_event e
    where e.created_by = p_id and e.created_at > c_after and e.created_at <= v_last and e.created_by_first_name <> 'Erased'
      and not exists (select from jsonb_array_elements(p_state -> 'people') as k (one)
                      where k.one ->> 'first' = e.created_by_first_name and k.one ->> 'last' = e.created_by_last_name)
  ) as p;
  perform set_guard('erasure', 'on');
  update ticket_event e set created_by_first_name = s.first_name, created_by_last_name = s.last_name
  from (select 'agent' as role, a.* from stand_in('agent') as a union all select 'customer', c.* from stand_in('customer') as c) as s
  where e.created_by = p_id and e.created_at > c_after and e.created_at <= v_last and s.role = e.role
    and (e.created_by_first_name <> s.first_name or e.created_by_last_name <> s.last_name);
  get diagnostics v_count = row_count;
  perform set_guard('erasure', '');
  return p_state || jsonb_build_object(
    'after', v_last, 'events', (p_state -> 'events')::integer + v_count, 'people', coalesce(v_people, '[]'));
end
$$;
revoke all on function ${schema}.erase_names(uuid, jsonb, integer) from public;

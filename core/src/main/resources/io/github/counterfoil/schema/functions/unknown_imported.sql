-- Tickets that name somebody who is not there, each with the first of them. People never go. Whose role is null may have either. Nothing
-- is assigned to a system actor.
create or replace function ${schema}.unknown_imported(p jsonb) returns table (ticket_id uuid, refusal text, detail text)
language plpgsql stable
as $$
#variable_conflict use_column
declare
  v_agents    uuid[];
  v_customers uuid[];
  v_either    uuid[];
  v_systems   uuid[];
begin
  select array_agg(distinct m.id) filter (where m.role = 'agent'), array_agg(distinct m.id) filter (where m.role = 'customer'),
         array_agg(distinct m.id) filter (where m.role is null)
  into v_agents, v_customers, v_either
  from jsonb_to_recordset(p) as t (people jsonb) cross join lateral jsonb_to_recordset(t.people) as m (role text, id uuid);
  v_agents := array(select x.id from unnest(v_agents) as x (id) where not exists (select from worker w where w.id = x.id));
  v_customers := array(select x.id from unnest(v_customers) as x (id) where not exists (select from customer c where c.id = x.id));
  v_either := array(
    select x.id from unnest(v_either) as x (id)
    where not exists (select from worker w where w.id = x.id) and not exists (select from customer c where c.id = x.id));
  v_systems := array(
    select w.id from jsonb_to_recordset(p) as t (people jsonb)
    cross join lateral jsonb_to_recordset(t.people) as m (field text, id uuid)
    join worker w on m.field = 'agent_id' and w.id = m.id and w.system);
  -- That all are there is the rule.
  if v_agents || v_customers || v_either || v_systems <> '{}' then
    return query
      select distinct on (t.id) t.id, x.field || '.unknown', nullif(x.seq, 0)::text
      from jsonb_to_recordset(p) as t (id uuid, people jsonb)
      cross join lateral jsonb_array_elements(t.people) with ordinality as m (one, n)
      cross join lateral jsonb_to_record(m.one) as x (field text, role text, id uuid, seq integer)
      where x.id = any (case x.role when 'agent' then v_agents when 'customer' then v_customers else v_either end)
        or x.field = 'agent_id' and x.id = any (v_systems)
      order by t.id, m.n;
  end if;
end
$$;
revoke all on function ${schema}.unknown_imported(jsonb) from public;

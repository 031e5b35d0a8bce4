-- Tickets that name people who are not there, each with the first event at fault: authors before whom events name, and those
-- before whom the ticket itself names. People never go.
create or replace function ${schema}.unknown_imported(p_given ${schema}.ticket[], p_events ${schema}.ticket_event[])
returns table (ticket_id uuid, refusal text, detail text)
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return query
    select distinct on (x.ticket_id) x.ticket_id, x.refusal, x.seq::text
    from (
      select 1 as n, e.ticket_id, 'created_by.unknown' as refusal, min(e.seq) as seq, e.role, e.created_by as id
      from unnest(p_events) as e group by e.ticket_id, e.role, e.created_by
      union all
      select 2, e.ticket_id, case e.type when 'assignment-added' then 'agent_id.unknown' else 'new_value.unknown' end, e.seq,
             case e.type when 'assignment-added' then 'agent' else 'customer' end,
             (e.body ->> case e.type when 'assignment-added' then 'agent_id' else 'new_value' end)::uuid
      from unnest(p_events) as e where e.type in ('assignment-added', 'customer-update')
      union all
      select 3, g.id, 'customer.unknown', null, 'customer', c.id
      from unnest(p_given) as g
      cross join lateral (values (g.customer_id), (coalesce((g.beginning ->> 'customer_id')::uuid, g.customer_id))) as c (id)
      union all
      select 4, g.id, 'created_by.unknown', null, case when w.id is null then 'customer' else 'agent' end, u.${users_id}
      from unnest(p_given) as g
      left join ${users} u on u.${users_id} = g.created_by
      left join worker w on w.id = g.created_by
    ) as x
    where not case x.role when 'agent' then exists (select from worker w where w.id = x.id)
                          else exists (select from customer c where c.id = x.id) end
    order by x.ticket_id, x.n, x.seq;
end
$$;
revoke all on function ${schema}.unknown_imported(${schema}.ticket[], ${schema}.ticket_event[]) from public;

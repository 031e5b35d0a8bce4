-- Locks the people of imported tickets, whose own rows are locked already: customers who gain a channel, to change them, and
-- authors against being erased. p_open is what store_imported takes.
create or replace function ${schema}.hold_imported(p_open ${schema}.ticket[], p_events ${schema}.ticket_event[]) returns void
language plpgsql
as $$
begin
  -- One after another, in the order of the people.
  perform from (
    select x.role, x.id, bool_or(x.gains) as gains
    from (
      select distinct e.role, e.created_by as id, false as gains
      from unnest(p_events) as e join unnest(p_open) as o on o.id = e.ticket_id and o.last_seq < e.seq
      union all
      select 'customer', c.id, true
      from unnest(p_open) as o
      join customer c on c.id = o.customer_id and o.source_channel <> all (c.communication_channels)
    ) as x
    group by x.role, x.id order by x.id, x.role
  ) as p
  left join lateral (select from worker w where p.role = 'agent' and w.id = p.id for share) as agent on true
  left join lateral (select from customer c where p.role = 'customer' and not p.gains and c.id = p.id for share) as kept on true
  left join lateral (select from customer c where p.gains and c.id = p.id for no key update) as changed on true;
end
$$;
revoke all on function ${schema}.hold_imported(${schema}.ticket[], ${schema}.ticket_event[]) from public;

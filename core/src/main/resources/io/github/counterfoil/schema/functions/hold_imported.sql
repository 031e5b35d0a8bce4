-- Locks the people of imported tickets, whose own rows are locked already: customers who gain a channel, to change them, and
-- authors against being erased. p_open is what store_imported takes.
create or replace function ${schema}.hold_imported(p_open ${schema}.ticket[], p jsonb) returns void
language plpgsql
as $$
begin
  -- One after another, in the order of the people.
  perform from (
    select x.role, x.id, bool_or(x.gains) as gains
    from (
      select m.role, m.id, false as gains
      from unnest(p_open) as o
      join jsonb_to_recordset(p) as t (id uuid, people jsonb) on t.id = o.id
      cross join lateral jsonb_to_recordset(t.people) as m (field text, role text, id uuid, seq integer)
      where m.field = 'created_by' and m.seq > 0
      union all
      select 'customer', c.id, true
      from unnest(p_open) as o
      join customer c on c.id = o.customer_id and o.source_channel is not null and o.source_channel <> all (c.communication_channels)
    ) as x
    group by x.role, x.id order by x.id, x.role
  ) as person
  left join lateral (select from worker w where person.role = 'agent' and w.id = person.id for share) as agent on true
  left join lateral (
    select from customer c where person.role = 'customer' and not person.gains and c.id = person.id for share) as kept on true
  left join lateral (select from customer c where person.gains and c.id = person.id for no key update) as changed on true;
end
$$;
revoke all on function ${schema}.hold_imported(${schema}.ticket[], jsonb) from public;

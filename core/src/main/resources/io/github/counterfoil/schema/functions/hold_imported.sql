-- Locks the people of imported tickets, whose own rows are locked already: customers who gain a channel, to change them, and
-- authors against being erased. p is what import_tickets takes, or null.
create or replace function ${schema}.hold_imported(p jsonb) returns void
language plpgsql
as $$
declare
  v record;
begin
  for v in
    select x.role, x.id, bool_or(x.gains) as gains
    from (
      select e.role, e.created_by as id, false as gains
      from jsonb_array_elements(p) as t (one),
        jsonb_to_recordset(t.one -> 'events') as e (role text, created_by uuid)
      union
      select 'customer', c.id, true
      from jsonb_to_recordset(p) as t (customer_id uuid, source_channel text)
      join customer c on c.id = t.customer_id and t.source_channel <> all (c.communication_channels)
    ) as x
    group by x.role, x.id order by x.id, x.role
  loop
    if v.gains then
      perform from customer c where c.id = v.id for no key update;
    elsif v.role = 'customer' then
      perform from customer c where c.id = v.id for share;
    else
      perform from worker w where w.id = v.id for share;
    end if;
  end loop;
end
$$;
revoke all on function ${schema}.hold_imported(jsonb) from public;

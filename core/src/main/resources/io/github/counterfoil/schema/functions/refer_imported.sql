-- Records the references of imported tickets, of so many as p_ids names, in the order of their keys, so that no two imports wait for each
-- other in a circle. A customer's are those on events of theirs that customers see, and on what they opened. Gives back where others had
-- them before: those stay.
create or replace function ${schema}.refer_imported(p jsonb, p_ids uuid[]) returns table (ticket uuid, seq integer)
language plpgsql
as $$
#variable_conflict use_column
declare
  x record;
begin
  for x in
    select o.id as ticket, g.seq, g.key, g.source, coalesce(c.id, '00000000-0000-0000-0000-000000000000') as giver,
           case when c.erased then null else g.id end as id
    from jsonb_to_recordset(p) as o (id uuid, created_by uuid, "references" jsonb)
    cross join lateral jsonb_to_recordset(o."references") as g (key uuid, seq integer, source text, id text)
    left join imported_events(p) as e on e.ticket_id = o.id and e.seq = g.seq
    left join customer c on c.id = case
      when g.seq > 0 then case when e.role = 'customer' and e.public_seq is not null then e.created_by end
      when not exists (select from worker w where w.id = o.created_by) then o.created_by end
    where o.id = any (p_ids)
    order by g.key, giver, o.id, g.seq
  loop
    insert into ticket_reference (key, giver, ticket, seq, events, source, id)
    values (x.key, x.giver, x.ticket, x.seq, least(x.seq, 1), x.source, x.id)
    on conflict (key, giver) do nothing;
    if not found and not exists (
      select from ticket_reference r
      where r.key = x.key and r.giver = x.giver and r.ticket = x.ticket and x.seq between r.seq and r.seq + greatest(r.events, 1) - 1)
    then
      ticket := x.ticket;
      seq := x.seq;
      return next;
    end if;
  end loop;
end
$$;
revoke all on function ${schema}.refer_imported(jsonb, uuid[]) from public;

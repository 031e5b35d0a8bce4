-- The rows of imported tickets after all their events, in their places.
create or replace function ${schema}.imported_tickets(p jsonb) returns ${schema}.ticket[]
language plpgsql stable
as $$
begin
  return array(
    select jsonb_populate_record(base, t.one)
    from jsonb_array_elements(p) with ordinality as t (one, n)
    left join (
      select e.ticket_id, sum(e.size) as weight, sum(e.size) filter (where e.public_seq is not null) as public_weight
      -- To print a body costs more than all else: it is done once, which is what the offset is for.
      from (select x.ticket_id, x.public_seq, octet_length(x.body::text) as size from imported_events(p) as x offset 0) as e
      group by e.ticket_id
    ) as w on w.ticket_id = (t.one ->> 'id')::uuid
    cross join lateral jsonb_populate_record(null::ticket, jsonb_build_object(
      'weight', coalesce(w.weight, 0), 'public_weight', coalesce(w.public_weight, 0))) as base
    order by t.n);
end
$$;
revoke all on function ${schema}.imported_tickets(jsonb) from public;

-- The rows of imported tickets after all their events, in their places.
create or replace function ${schema}.imported_tickets(p jsonb) returns ${schema}.ticket[]
language plpgsql stable
as $$
declare
  c_systems constant uuid[] := array(select w.id from worker w where w.system);
begin
  return array(
    select jsonb_populate_record(base, t.one)
    from jsonb_array_elements(p) with ordinality as t (one, n)
    left join (
      select e.ticket_id, sum(e.size) as weight, sum(e.size) filter (where e.public_seq is not null) as public_weight,
             min(e.seq) filter (where e.responds) as responded, min(e.created_at) filter (where e.responds) as responded_at
      -- To print a body costs more than all else: it is done once, which is what the offset is for.
      from (select x.ticket_id, x.seq, x.created_at, x.public_seq, octet_length(x.body::text) as size,
                   x.public_seq is not null and x.type = 'message' and x.role = 'agent' and x.created_by <> all (c_systems)
                     as responds
            from imported_events(p) as x offset 0) as e
      group by e.ticket_id
    ) as w on w.ticket_id = (t.one ->> 'id')::uuid
    cross join lateral jsonb_populate_record(null::ticket, jsonb_build_object(
      'weight', coalesce(w.weight, 0), 'public_weight', coalesce(w.public_weight, 0), 'first_response_seq', w.responded,
      'first_response_at', w.responded_at)) as base
    order by t.n);
end
$$;
revoke all on function ${schema}.imported_tickets(jsonb) from public;

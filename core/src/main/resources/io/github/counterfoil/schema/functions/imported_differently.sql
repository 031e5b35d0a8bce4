-- Whether an event that is stored of an imported ticket is another than the given one of the same number. Names do not tell where
-- nobody gave one, nor under a person who was erased, and what was redacted was another text before.
create or replace function ${schema}.imported_differently(p jsonb) returns boolean
language plpgsql stable
as $$
begin
  return exists (
    select from imported_events(p) as x
    join ticket_event e on e.ticket_id = x.ticket_id and e.seq = x.seq
    where (e.id, e.type, e.created_at, e.created_by, e.role, e.visibility)
            is distinct from (x.id, x.type, x.created_at, x.created_by, x.role, x.visibility)
      or e.body is distinct from x.body
        and e.body is distinct from redacted_body(x.body, coalesce(text_array(e.body -> 'redacted'), '{}'))
      or (e.created_by_first_name <> x.created_by_first_name or e.created_by_last_name <> x.created_by_last_name)
        and not exists (select from worker w where e.role = 'agent' and w.id = e.created_by and w.erased)
        and not exists (select from customer c where e.role = 'customer' and c.id = e.created_by and c.erased));
end
$$;
revoke all on function ${schema}.imported_differently(jsonb) from public;

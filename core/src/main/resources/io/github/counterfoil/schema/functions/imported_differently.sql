-- Whether an event that is stored of a ticket is another than the given one of the same number. Names do not tell where
-- nobody gave one, nor under a person who was erased.
create or replace function ${schema}.imported_differently(p_events jsonb, p_ticket_id uuid) returns boolean
language plpgsql stable
as $$
begin
  return exists (
    select from ticket_event e
    join jsonb_to_recordset(p_events) as x (
      seq integer, id uuid, type text, created_at timestamptz, created_by uuid, created_by_first_name text,
      created_by_last_name text, role text, visibility text, body jsonb) on x.seq = e.seq
    where e.ticket_id = p_ticket_id
      and ((e.id, e.type, e.created_at, e.created_by, e.role, e.visibility, e.body)
             is distinct from (x.id, x.type, x.created_at, x.created_by, x.role, x.visibility, x.body)
        or (e.created_by_first_name <> x.created_by_first_name or e.created_by_last_name <> x.created_by_last_name)
          and not exists (select from worker w where e.role = 'agent' and w.id = e.created_by and w.erased)
          and not exists (select from customer c where e.role = 'customer' and c.id = e.created_by and c.erased)));
end
$$;
revoke all on function ${schema}.imported_differently(jsonb, uuid) from public;

-- Keeps what the last event of a ticket that is locked is to figures.
create or replace function ${schema}.add_fact(t ${schema}.ticket, p_kind text, p_worker_id uuid) returns void
language plpgsql
as $$
begin
  insert into ticket_fact (ticket_id, opened_at, at, seq, kind, worker_id)
  values (t.id, t.created_at, t.updated_at, t.last_seq, p_kind, p_worker_id);
end
$$;
revoke all on function ${schema}.add_fact(${schema}.ticket, text, uuid) from public;

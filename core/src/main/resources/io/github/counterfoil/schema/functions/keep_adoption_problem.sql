-- A row of a literal table that an adoption could not move is kept whole, with what is wrong, until it is mended: not that of a
-- ticket that was purged, or of which something was redacted.
create or replace function ${schema}.keep_adoption_problem(
  p_kind text, p_id uuid, p_document jsonb, p_problems text[], p_patience integer, p_durable boolean
) returns void
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
begin
  perform pg_advisory_xact_lock_shared(adoption_lock());
  if p_kind <> 'tickets' or not exists (select from ticket_purge p where p.id = p_id)
    and not exists (select from ticket_event e where e.ticket_id = p_id and e.type = 'event-redacted')
  then
    insert into adoption_problem (kind, id, document, problems) values (p_kind, p_id, p_document, p_problems)
    on conflict (kind, id) do update set document = excluded.document, problems = excluded.problems;
  end if;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.keep_adoption_problem(text, uuid, jsonb, text[], integer, boolean) from public;

-- Whether an imported ticket still holds what was redacted in the stored one.
create or replace function ${schema}.brings_back(p jsonb) returns boolean
language plpgsql stable
as $$
begin
  return exists (
    select from imported_events(p) as x
    join ticket_event e on e.ticket_id = x.ticket_id and e.seq = x.seq
    where e.body ? 'redacted' and e.body <> x.body);
end
$$;
revoke all on function ${schema}.brings_back(jsonb) from public;

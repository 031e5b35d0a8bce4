-- What keeps an imported ticket from being stored whose row is there and locked: that all its events are there too, or that it began
-- otherwise, or has another number or other events than the given ones. What was redacted may be there still, unless the ticket goes on. Null if there is
-- something to store. p is an array of this ticket alone.
create or replace function ${schema}.imported_before(t ${schema}.ticket, given ${schema}.ticket, p jsonb) returns text
language plpgsql
as $$
begin
  if (t.created_at, t.source_channel) is distinct from (given.created_at, given.source_channel)
    or t.opening <> given.opening and not begun_alike(t, given, true)
  then
    return 'beginning.diverged';
  elsif given.number <> t.number then
    return 'number.diverged';
  elsif imported_differently(p) then
    return 'events.diverged';
  elsif t.last_seq >= given.last_seq then
    return 'present';
  elsif t.opening <> given.opening and not begun_alike(t, given, false) or brings_back(p) then
    return 'events.diverged';
  end if;
  return null;
end
$$;
revoke all on function ${schema}.imported_before(${schema}.ticket, ${schema}.ticket, jsonb) from public;

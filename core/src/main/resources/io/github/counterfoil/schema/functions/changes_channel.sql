-- On which channel changes are announced: one for each schema of a database.
create or replace function ${schema}.changes_channel() returns text
language plpgsql stable
as $$
begin
  return 'counterfoil_' || 'change_epoch'::regclass::oid;
end
$$;
revoke all on function ${schema}.changes_channel() from public;

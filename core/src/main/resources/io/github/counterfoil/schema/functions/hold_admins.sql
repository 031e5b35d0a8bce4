-- Whoever is to be an administrator no more waits here for the others who are to be none, so that each sees who is left. It comes
-- before the locks of people, and its holder's transaction is the only one that has it.
create or replace function ${schema}.hold_admins() returns void
language sql
as $$
  select pg_advisory_xact_lock(hashtextextended('counterfoil administrators', 0))
$$;
revoke all on function ${schema}.hold_admins() from public;

-- Counterfoil: who reads, for the policies of row_level_security.sql: whoever Supabase authenticated. Only the id is taken
-- from the token, and no other claim, since users may edit some of them.

create or replace function ${schema}.viewer() returns uuid
language sql stable
as $$
  select auth.uid()
$$;


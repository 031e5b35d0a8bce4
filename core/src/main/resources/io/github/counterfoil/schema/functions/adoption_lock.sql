-- The advisory lock of what adoptions keep aside. Who keeps something holds it, shared, until the transaction ends; who takes
-- people or tickets out takes it alone: so each sees what the other did.
create or replace function ${schema}.adoption_lock() returns bigint
language sql immutable
as $$
  select hashtextextended('counterfoil adoption problem', 0)
$$;
revoke all on function ${schema}.adoption_lock() from public;

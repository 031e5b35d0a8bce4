-- Counterfoil: who reads, for the policies of row_level_security.sql. A host says so in the transaction that reads:
--   select ${schema}.view_as('…'); set local role ${customer}; select * from ${schema}.customer_tickets;
-- What is said holds for that transaction alone: the time of its start is part of it, so that even a setting that a
-- pooled connection kept means nothing to the next transaction.

create or replace function ${schema}.viewer() returns uuid
language sql stable
set search_path = pg_catalog
as $$
  select case when split_part(said, ' ', 2) = extract(epoch from now())::text then split_part(said, ' ', 1)::uuid end
  from nullif(current_setting('counterfoil.viewer', true), '') as s (said)
$$;

create or replace function ${schema}.view_as(p_customer_id uuid) returns void
language sql
set search_path = pg_catalog
as $$
  select set_config('counterfoil.viewer', p_customer_id || ' ' || extract(epoch from now()), true)
$$;


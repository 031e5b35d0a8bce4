-- A host says who reads, in the transaction that reads:
--   select ${customer_schema}.view_as('…'); set local role ${customer}; select * from ${customer_schema}.tickets;
-- What is said holds for that transaction alone: the time of its start is part of it, so that even a setting that a
-- pooled connection kept means nothing to the next transaction.
create or replace function ${customer_schema}.viewer() returns uuid
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when split_part(said, ' ', 2) = extract(epoch from now())::text then split_part(said, ' ', 1)::uuid end
  from nullif(current_setting('counterfoil.viewer', true), '') as s (said)
$$;

create or replace function ${customer_schema}.view_as(p_customer_id uuid) returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  select set_config('counterfoil.viewer', p_customer_id || ' ' || extract(epoch from now()), true)
$$;

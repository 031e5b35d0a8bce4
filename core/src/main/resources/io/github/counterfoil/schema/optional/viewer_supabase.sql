-- Whoever Supabase authenticated reads. Only the id is taken from the token, and no other claim, since users may edit some of
-- them.
create or replace function ${customer_schema}.viewer() returns uuid
language sql stable
as $$
  select auth.uid()
$$;

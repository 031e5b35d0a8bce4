-- The place of the first change that takes more than being in copy, from 0; null if there is none. Who is in copy replies.
create or replace function ${schema}.beyond_copy(p_changes jsonb) returns integer
language plpgsql immutable
as $$
begin
  return (
    select min(x.n)::integer - 1 from jsonb_array_elements(p_changes) with ordinality as x (change, n)
    where x.change ->> 'change' is distinct from 'append');
end
$$;
revoke all on function ${schema}.beyond_copy(jsonb) from public;

-- What stands for the name and the address of a person who was erased, in either role. The address is random, so that nobody
-- can have taken it before.
create or replace function ${schema}.stand_in(p_role text, out first_name text, out last_name text, out email text)
language sql
as $$
  select 'Erased', case p_role when 'agent' then 'Worker' else 'Customer' end, gen_random_uuid() || '@erased.invalid'
$$;
revoke all on function ${schema}.stand_in(text) from public;

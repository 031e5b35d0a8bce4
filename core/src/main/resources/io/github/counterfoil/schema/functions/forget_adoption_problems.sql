-- These rows were moved after all. In the order of their ids, so that two adoptions do not wait for each other in a circle.
create or replace function ${schema}.forget_adoption_problems(p_kind text, p_ids uuid[], p_patience integer, p_durable boolean)
returns void
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
begin
  delete from adoption_problem p
  using (select q.id from adoption_problem q where q.kind = p_kind and q.id = any (p_ids) order by q.id for update) as gone
  where p.kind = p_kind and p.id = gone.id;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.forget_adoption_problems(text, uuid[], integer, boolean) from public;

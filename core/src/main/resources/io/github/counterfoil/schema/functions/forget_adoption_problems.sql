-- These rows were moved after all.
create or replace function ${schema}.forget_adoption_problems(p_kind text, p_ids uuid[]) returns void
language sql security definer
set search_path = ${schema}, pg_temp
as $$
  delete from adoption_problem p where p.kind = p_kind and p.id = any (p_ids)
$$;
revoke all on function ${schema}.forget_adoption_problems(text, uuid[]) from public;

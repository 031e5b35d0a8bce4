-- A row of a literal table that an adoption could not move is kept whole, with what is wrong, until it is mended.
create or replace function ${schema}.keep_adoption_problem(p_kind text, p_id uuid, p_document jsonb, p_problems text[])
returns void
language sql security definer
set search_path = ${schema}, pg_temp
as $$
  insert into adoption_problem (kind, id, document, problems) values (p_kind, p_id, p_document, p_problems)
  on conflict (kind, id) do update set document = excluded.document, problems = excluded.problems
$$;
revoke all on function ${schema}.keep_adoption_problem(text, uuid, jsonb, text[]) from public;

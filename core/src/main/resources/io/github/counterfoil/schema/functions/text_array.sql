-- A JSON array of texts as an array; null for none.
create or replace function ${schema}.text_array(p jsonb) returns text[]
language plpgsql immutable
as $$
begin
  if p = '[]' then
    return '{}';
  elsif jsonb_typeof(p) = 'array' then
    return array(select x.text from jsonb_array_elements_text(p) with ordinality as x (text, n) order by x.n);
  end if;
  return null;
end
$$;
revoke all on function ${schema}.text_array(jsonb) from public;

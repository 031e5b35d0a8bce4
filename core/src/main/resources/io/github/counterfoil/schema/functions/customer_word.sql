-- The key by which the public texts of a customer's tickets are found.
create or replace function ${schema}.customer_word(p_customer_id uuid) returns text
language plpgsql immutable
as $$
begin
  return '/c' || replace(p_customer_id::text, '-', '');
end
$$;
revoke all on function ${schema}.customer_word(uuid) from public;

-- By which a text is known again, after a lock: who redacts it meanwhile leaves another.
create or replace function ${schema}.source_digest(p_source jsonb) returns text
language plpgsql immutable
as $$
begin
  return encode(sha256(convert_to(p_source::text, 'UTF8')), 'hex');
end
$$;
revoke all on function ${schema}.source_digest(jsonb) from public;

-- The last step: rows that an adoption kept aside and that hold the person's id, address or whole name are where they came from. What is
-- left of the state is the report.
create or replace function ${schema}.erase_kept(p_id uuid, p_state jsonb) returns jsonb
language plpgsql
as $$
declare
  v_mentions text[];
begin
  -- As JSON holds them.
  v_mentions := array(
    select lower(trim(both '"' from to_jsonb(x.mention)::text)) from (
      select p_id::text
      union select p.one ->> 'email' from jsonb_array_elements(p_state -> 'people') as p (one)
      union select trim((p.one ->> 'first') || ' ' || (p.one ->> 'last')) from jsonb_array_elements(p_state -> 'people') as p (one)
    ) as x (mention) where x.mention <> '');
  perform pg_advisory_xact_lock(adoption_lock());
  delete from adoption_problem a
  where exists (
    -- Each document is read once, however often it is looked through: that is what the offset is for.
    select from (select lower(a.document::text) as document offset 0) d, unnest(v_mentions) m where position(m in d.document) > 0);
  return p_state - '{step,after,people}'::text[];
end
$$;
revoke all on function ${schema}.erase_kept(uuid, jsonb) from public;

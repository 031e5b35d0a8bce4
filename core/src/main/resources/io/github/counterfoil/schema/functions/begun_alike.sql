-- Whether an imported ticket began as the stored one of its id did, but for what was redacted there since, if p_leniently. A word stands in
-- the place of that.
create or replace function ${schema}.begun_alike(t ${schema}.ticket, given ${schema}.ticket, p_leniently boolean) returns boolean
language plpgsql stable
as $$
declare
  v_stored constant jsonb := started_with(t);
  v_given  jsonb := started_with(given);
  v_path   text[];
begin
  if t.created_by <> given.created_by
    or not exists (select from ticket_event e where e.ticket_id = t.id and e.type = 'event-redacted')
  then
    return false;
  end if;
  for v_path in
    select array['title'] union all select array['description']
    union all select array['custom_fields', f.name] from jsonb_object_keys(v_stored -> 'custom_fields') as f (name)
  loop
    if p_leniently and v_stored #> v_path = '"[redacted]"' then
      v_given := jsonb_set(v_given, v_path, '"[redacted]"', false);
    end if;
  end loop;
  -- Tags are in no order of their own.
  return v_stored - 'tags' = v_given - 'tags'
    and v_stored -> 'tags' @> (v_given -> 'tags') and v_given -> 'tags' @> (v_stored -> 'tags');
end
$$;
revoke all on function ${schema}.begun_alike(${schema}.ticket, ${schema}.ticket, boolean) from public;

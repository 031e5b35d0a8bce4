-- Takes parts out of what the ticket started with, and out of all that repeats them: title, description, and custom_fields.name for a
-- field; p_members is null for all of these.
create or replace function ${schema}.redact_beginning(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_members text[], p_reason text, out refusal text, out field text)
language plpgsql
as $$
declare
  v_start  jsonb;
  v_known  text[];
  v_member text;
  v_path   text[];
  v_to     integer;
  v_gone   text[] := '{}';
  v_side   text;
begin
  select started_with(k) into v_start from ticket k where k.id = t.id;
  v_known := array['title', 'description'] || array(
    select 'custom_fields.' || f.name from jsonb_object_keys(v_start -> 'custom_fields') as f (name));
  if not coalesce(p_members, '{}') <@ v_known then
    refusal := 'unknown';
    field := 'members';
    return;
  end if;
  foreach v_member in array coalesce(p_members, v_known) loop
    v_path := case when v_member in ('title', 'description') then array[v_member]
                   else array['custom_fields', substr(v_member, length('custom_fields.') + 1)] end;
    if v_start #> v_path not in ('null', '""', '"[redacted]"') then
      select min(o.seq) into v_to from ticket_event o
      where o.ticket_id = t.id and o.type = case v_path[1] when 'custom_fields' then 'field-removed' else v_path[1] || '-update' end
        and (v_path[2] is null or o.body ->> 'field_name' = v_path[2]);
      t := redact_value(t, v_path[1], v_path[2], 0, v_to);
      v_gone := v_gone || v_member;
    end if;
  end loop;
  foreach v_side in array array['public', 'private'] loop
    t := redaction_told(t, e, v_side, null, array(
      select m.name from unnest(v_gone) as m (name)
      where v_side = case when m.name in ('title', 'description') then 'public' else 'private' end order by m.name), p_reason);
  end loop;
end
$$;
revoke all on function ${schema}.redact_beginning(${schema}.ticket, ${schema}.ticket_event, text[], text) from public;

-- Sets a custom field, or removes it where args holds no value. What makes the whole smaller is never refused, so that
-- fields that came from elsewhere and are too large can shrink.
create or replace function ${schema}.change_field(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb, p_limit bigint,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  v_name   constant text := p_args ->> 'name';
  v_fields jsonb := t.custom_fields;
  v_known  boolean := t.beginning ? 'custom_fields';
  v_new    jsonb;
begin
  if v_fields is null then
    select x.custom_fields, x.beginning ? 'custom_fields' into v_fields, v_known from ticket x where x.id = t.id;
  end if;
  if v_fields -> v_name is not distinct from p_args -> 'value' then
    return;
  end if;
  v_new := v_fields - v_name;
  if p_args ? 'value' then
    v_new := v_new || jsonb_build_object(v_name, p_args -> 'value');
    if octet_length(v_new::text) > greatest(p_limit, octet_length(v_fields::text)) then
      refusal := 'too_large';
      field := 'custom_fields';
      "limit" := p_limit;
      return;
    end if;
  end if;

  if v_fields ? v_name then
    t := append_event(t, e, 'field-removed', 'private',
                      jsonb_build_object('field_name', v_name, 'old_value', v_fields -> v_name));
  end if;
  if p_args ? 'value' then
    t := append_event(t, e, 'field-added', 'private',
                      jsonb_build_object('field_name', v_name, 'new_value', p_args -> 'value'));
  end if;
  t.custom_fields := v_new;
  if v_known is not true then
    t.beginning := jsonb_build_object('custom_fields', v_fields) || coalesce(t.beginning, '{}');
  end if;
end
$$;
revoke all on function ${schema}.change_field(${schema}.ticket, ${schema}.ticket_event, jsonb, bigint) from public;
